"""Google's libraries cost a second and 60 MB: nothing loads them until a mailbox is used."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

BACKEND = Path(__file__).parents[3]
HEAVY = (
    "googleapiclient",
    "google_auth_oauthlib",
    "google_auth_httplib2",
    "google.auth",
    "httplib2",
    "oauthlib",
)


HELD_BACK = {"__init__", "web"}  # `web` subclasses Google's classes; the others import it where they ask


def test_importing_the_room_loads_no_library_of_google() -> None:
    names = sorted(p.stem for p in (BACKEND / "app/mail/gmail").glob("*.py") if p.stem not in HELD_BACK)
    assert "client" in names
    code = (
        f"import sys\nfor name in {names!r}:\n    __import__('app.mail.gmail.' + name)\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=BACKEND, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
