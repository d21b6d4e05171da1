"""What can go wrong when mail is read again."""

from __future__ import annotations

from app.core.errors import Conflict, NotFound


class NothingProposed(Conflict):
    code = "reprocess.nothing_proposed"
    title = "No changes are waiting for your answer"


class NotProposed(NotFound):
    code = "reprocess.not_proposed"
    title = "No change is proposed for this mail"
