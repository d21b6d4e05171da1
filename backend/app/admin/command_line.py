"""The doctor and the health of the server on the command line."""

from __future__ import annotations

import json
import sys
import urllib.error
import urllib.request
from typing import Any
from urllib.parse import urlsplit

from app.admin import doctor
from app.auth import service as accounts
from app.core import db
from app.core.findings import Level, worst
from app.core.settings import Settings

_WITHIN_S = 10.0
_MARKS = {Level.OK: "ok  ", Level.WARN: "look", Level.FAIL: "FAIL"}


def tell(settings: Settings, username: str | None, *, origin: str) -> int:
    """Print what the doctor finds; 1 when something does not work. Raises UserUnknown."""
    user = None
    if username is not None:
        with db.read_session() as session:
            user = accounts.find_user(session, username)
    findings = doctor.examine_everything(settings, user, origin=origin)
    for each in findings:
        sys.stdout.write(f"{_MARKS[each.level]}  {each.sentence}\n")
        if each.action and each.level is not Level.OK:
            sys.stdout.write(f"      {each.action}\n")
    return 1 if worst(findings) is Level.FAIL else 0


def ask_health(address: str) -> int:
    """Print how the server at `address` is; 1 when it is not ready, or not there."""
    base = address.rstrip("/")
    if urlsplit(base).scheme not in {"http", "https"}:
        sys.stderr.write(f"error: {base} is no http address.\n")
        return 1
    try:
        told = _ask(f"{base}/api/v1/health/ready")
        gmail = _ask(f"{base}/api/gmail/health")
    except (OSError, ValueError) as error:
        sys.stderr.write(f"error: Nothing that looks like Jobtrail answers at {base} ({error}).\n")
        sys.stderr.write("Start it with `make run`, or name its PORT or URL.\n")
        return 1
    state, parts = str(told.get("status")), told.get("params", told)
    word = {"ok": "ready", "degraded": "ready, but not whole"}.get(state, "NOT ready")
    words = {True: "answers", False: "does not answer", None: "not configured"}
    sys.stdout.write(f"Jobtrail at {base} is {word}.\n")
    for name in ("database", "redis", "broker"):
        sys.stdout.write(f"  {name:14}{words[parts.get(name)]}\n")
    sys.stdout.write(f"  {'Google client':14}{'there' if gmail.get('gmail_configured') else 'not there'}\n")
    return 0 if state in {"ok", "degraded"} else 1


def _ask(url: str) -> dict[str, Any]:
    """The JSON object that is answered, errors of the server included. Raises OSError, ValueError."""
    try:
        # house: it asks our own server how it is
        with urllib.request.urlopen(url, timeout=_WITHIN_S) as answer:  # noqa: S310 (http only, checked)
            found = json.load(answer)
    except urllib.error.HTTPError as error:
        with error:
            found = json.load(error)
    if not isinstance(found, dict):
        raise ValueError("no JSON object")  # noqa: TRY004 (of somebody else)
    return found
