"""The examples with curl, run as they are written, against a real server with a mailbox to read."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from app.core.settings import Settings
from tests.factories.accounts import PASSWORD
from tests.factories.mailboxes import generated_mails, write_mbox
from tests.factories.models import give_model
from tests.factories.server import serving, wait_until
from tests.fakes.google import FakeGoogle
from tests.fakes.google_mails import generate_mailbox
from tests.house import ROOT
from tests.integration.conftest import Person, ana, app, models
from tests.integration.mailsync.conftest import ADDRESS, app_settings, connect, google

__all__ = ["ana", "app", "app_settings", "google", "models"]
PAGES = ("README.md", "docs/api.md")
FINE = {200, "ok", "warn", "idle", "syncing"}

# For machines without curl: as much of it as the examples use.
STAND_IN = """#!{python}
import sys, httpx
words, url, method, headers, sent = sys.argv[1:], "", "", [], {{}}
while words:
    word = words.pop(0)
    if word == "-X":
        method = words.pop(0)
    elif word == "-H":
        headers.append(tuple(words.pop(0).split(": ", 1)))
    elif word == "-d":
        sent = {{"content": words.pop(0)}}
    elif word == "--data-binary":
        sent = {{"content": open(words.pop(0)[1:], "rb").read()}}
    elif word == "-F":
        name, path = words.pop(0).split("=@")
        sent = {{"files": {{name: (path, open(path, "rb"))}}}}
    elif word in ("-w", "-o"):
        words.pop(0)
    elif word not in ("-s", "-N"):
        url = word
print(httpx.request(method or ("POST" if sent else "GET"), url, headers=headers, timeout=60, **sent).text)
"""

# Each command has a shell of its own: what the examples remember goes from one to the next.
BEFORE = "[ ! -e known ] || . ./known\ncurl() { command curl -w '\\n' \"$@\"; }"
KNOWN = ("TOKEN", "KEY", "UPLOAD", "OFFSET", "APPLICATION", "INTERVIEW", "DECISION")
AFTER = "{ " + " ".join(f'echo {name}="${name}";' for name in KNOWN) + " } > known"


def blocks(page: Path) -> list[str]:
    """The code blocks of a page that begin with a use of curl."""
    found = re.findall(r"^```(?:sh)?\n(.*?)^```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    return [block for block in found if "curl -s" in block]


def answers_of(script: str, folder: Path) -> list[str]:
    """What each command of the script printed."""
    path = os.environ.get("PATH", "")
    if shutil.which("curl") is None:
        stand_in = folder / "bin" / "curl"
        stand_in.parent.mkdir(exist_ok=True)
        stand_in.write_text(STAND_IN.format(python=sys.executable))
        stand_in.chmod(0o755)
        path = f"{stand_in.parent}{os.pathsep}{path}"
    done = subprocess.run(
        ["sh", "-e", "-c", script],
        cwd=folder,
        env={"PATH": path, "HOME": str(folder)},
        check=True,
        capture_output=True,
        text=True,
        timeout=120,
    )
    return [line for line in done.stdout.splitlines() if line]


def test_examples_do_what_the_pages_say(
    ana: Person, app_settings: Settings, google: FakeGoogle, models: Path, tmp_path: Path
) -> None:
    give_model(models, app_settings.data_dir)
    google.adopt(generate_mailbox(8, seed=2, address=ADDRESS))
    account_id = connect(ana)
    folder = tmp_path / "here"
    folder.mkdir()
    write_mbox(folder / "inbox.mbox", generated_mails(6))
    examples = {page: blocks(ROOT / page) for page in PAGES}
    assert min(len(found) for found in examples.values()) >= 3
    lines: list[str] = []
    with (
        serving(app_settings, largest_file=None, **google.environment()) as server,
        server.client(server.login("ana", PASSWORD)) as client,
    ):

        def idle() -> bool:
            runs = client.get("/api/runs").json()["items"]
            return all(run["state"] not in {"queued", "running"} for run in runs)

        for example in [example for found in examples.values() for example in found]:
            script = (
                example.replace("http://127.0.0.1:8000", server.url)
                .replace('"alex"', '"ana"')
                .replace("a long password", PASSWORD)
                .replace("mail-accounts/1/", f"mail-accounts/{account_id}/")
                .replace("python3", sys.executable)
            )
            # Commands that start work follow one another here faster than by hand.
            parts = re.split(r"^(?=curl )", script, flags=re.MULTILINE) if "done" not in script else [script]
            for part in parts:
                lines += answers_of(f"{BEFORE}\n{part.strip()}\n{AFTER}", folder)
                wait_until(idle, 60, "The work of an example did not end")
        runs = client.get("/api/runs").json()["items"]
    bodies = [json.loads(line) for line in lines if line.startswith(("{", "["))]
    assert [body for body in bodies if isinstance(body, dict) and body.get("status", 200) not in FINE] == []
    assert "TOKEN=ey" in (folder / "known").read_text(), "somebody signed in"
    assert {run["state"] for run in runs} == {"done"}, runs
    assert {run["kind"] for run in runs} >= {"import", "sync", "deletion_check", "verify", "backfill"}
