"""Applications that a person brought along from elsewhere: made one by one, taken back as a whole.

One decision stands for the import, and one for each application of it. An import is known by its `batch`, a row by its
key, so that neither is done twice; both are words of the person and outlive export and restore.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.applications import repository as applications
from app.applications import service as application_service
from app.applications.decided import repository as decided
from app.applications.errors import DecisionAlreadyRevoked
from app.applications.models import Application, Decision, DecisionKind
from app.core import db
from app.core.clock import monotonic, now, sleep
from app.core.db import ReadSession, WriteSession
from app.intake import managing, standing

_AT_ONCE = 10  # applications taken back in one transaction: people's writes wait no longer than that takes


def begin(session: WriteSession, user_id: int, batch: str, name: str) -> int:
    """The decision that stands for the import; the one in force when it was begun before."""
    known = decided.active(session, user_id, (DecisionKind.IMPORT,))
    found = next((d for d in known if d.payload["batch"] == batch), None)
    if found is None:
        payload = {"batch": batch, "name": name}
        at = now()
        found = Decision(
            user_id=user_id, kind=DecisionKind.IMPORT, payload=payload, effective_at=at, made_at=at
        )
        session.add(found)
        session.flush()
    return found.id


def goes_on(session: WriteSession, user_id: int, decision_id: int) -> bool:
    """Whether the import was not taken back; nobody takes it back before this transaction ends."""
    found = decided.lock_decision(session, user_id, decision_id)
    return found is not None and found.revoked_at is None


def keys(session: ReadSession, user_id: int) -> set[str]:
    """The keys of all rows that were imported and not taken back."""
    return {
        str(d.payload["row"])
        for d in decided.active(session, user_id, (DecisionKind.CREATE,))
        if "row" in d.payload
    }


def add(
    session: WriteSession, user_id: int, batch: str, key: str, name: str, said: Mapping[str, Any]
) -> Application:
    """Make the application of one row; `said` holds `fields`, `stages` and `begun_at`."""
    payload = {
        "fields": said["fields"],
        "stages": said["stages"],
        "begun_at": said["begun_at"],
        "batch": batch,
        "row": key,
    }
    return managing.create_as_said(session, user_id, payload, f"You imported it from \u2018{name}\u2019")[0]


def take_back(user_id: int, decision_id: int) -> int:
    """Undo an import: what it made and no mail speaks of is deleted, and can be brought back for 30 days. How many
    applications it had made. After a crash the second click goes on. No transaction may be open.

    Raises DecisionNotFound, DecisionAlreadyRevoked.
    """
    with db.transaction() as session:
        decision = applications.get_decision(session, user_id, decision_id)
        decided.lock_decision(session, user_id, decision_id)
        made = [
            d.id
            for d in decided.active(session, user_id, (DecisionKind.CREATE,))
            if d.payload.get("batch") == decision.payload["batch"]
            and (decision.revoked_at is None or d.made_at <= decision.revoked_at)
        ]
        if decision.revoked_at is not None and not made:
            raise DecisionAlreadyRevoked
        decision.revoked_at = decision.revoked_at or now()
    for start in range(0, len(made), _AT_ONCE):
        began = monotonic()
        with db.transaction() as session:
            for one in made[start : start + _AT_ONCE]:
                _take_back_one(session, user_id, one)
        sleep(max(0.005, monotonic() - began))  # people's writes wait for the one lock: leave it to them
    return len(made)


def _take_back_one(session: WriteSession, user_id: int, decision_id: int) -> None:
    found = decided.lock_decision(session, user_id, decision_id)
    if found is None or found.revoked_at is not None or found.application_id is None:
        return
    application_service.revoke(session, user_id, decision_id)
    session.flush()
    application = application_service.get(session, user_id, found.application_id)
    standing.settle(session, user_id, application)
