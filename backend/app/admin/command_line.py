"""The doctor on the command line."""

from __future__ import annotations

import sys

from app.admin import doctor
from app.auth import service as accounts
from app.core import db
from app.core.findings import Level, worst
from app.core.settings import Settings

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
