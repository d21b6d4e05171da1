"""What can go wrong with a run, for callers and for runners."""

from __future__ import annotations

from app.core.errors import Conflict, NotFound


class RunNotFound(NotFound):
    code = "run.not_found"
    title = "There is no such run"


class RunAlreadyActive(Conflict):
    """The person already has a run of this kind, or for this account; `params.job_id` names it."""

    code = "run.already_active"
    title = "This is already running"


class RunNotFinished(Conflict):
    code = "run.not_finished"
    title = "Only a run that ended can be started again"


class RunFromElsewhere(Conflict):
    """It came here with the archive of an account; what it read lies with another installation."""

    code = "run.from_elsewhere"
    title = "This was done by another installation. Start it anew"


class RunCanceled(Exception):
    """Raised inside a runner when a person asked to stop."""


class RunInterrupted(Exception):
    """Raised inside a runner when this process is stopping: the run goes back into the queue."""


class LeaseLost(Exception):
    """Another holder has taken this run: nothing more may be written for it."""


class RetryAfter(Exception):
    """Raised by a runner that must wait: the run is put back for `seconds`, and no attempt is counted."""

    def __init__(self, seconds: float, message: str = "") -> None:
        self.seconds = seconds
        self.message = message
        super().__init__(message)
