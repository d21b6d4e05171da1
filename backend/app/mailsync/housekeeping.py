"""What a server throws away once a day: old runs and what ran out, the rest of uploads, text of mail that nobody
needs.

Everything is done in short transactions of its own, and doing it twice is the same as doing it once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path

import structlog

from app.auth import service as accounts
from app.core import db
from app.core.clock import monotonic, now, sleep
from app.core.db import ReadSession
from app.core.settings import Settings, get_settings
from app.intake import managing
from app.intake import repository as intake
from app.intake import service as intake_service
from app.llm import service as llm
from app.mail import repository as mail
from app.mail import service as mail_service
from app.mailsync import repository, uploads
from app.runs import repository as runs
from app.runs.service import KEPT

log = structlog.get_logger(__name__)
OTHER_TEXT_KEPT = timedelta(days=60)
FILES_KEPT = timedelta(days=1)
LINES_KEPT = timedelta(days=365)
_EVERY_S = 24 * 60 * 60.0
_TEXTS_AT_ONCE = 25
_LINES_AT_ONCE = 500
_next_at = 0.0


def tidy_up_daily() -> None:
    """Tidy up when this process starts and once a day from then on."""
    global _next_at
    if monotonic() < _next_at:
        return
    _next_at = monotonic() + _EVERY_S
    tidy_up(get_settings())


def tidy_up(settings: Settings) -> None:
    """Throw away what has had its time, and take up what was left lying."""
    told = {
        "runs": forget_runs(),
        "lines": forget_lines(),
        "texts": drop_other_text(settings),
        "deleted": drop_deleted_text(settings),
        "expired": forget_expired(),
        "files": remove_leftover_files(settings),
        "uploads": uploads.forget_expired(settings),
        "llm": llm.forget_old(),
        "applications": forget_deleted_applications(),
        "linking": intake_service.link_waiting_mail(),
    }
    log.info("tidied_up", **told)


def forget_runs() -> int:
    """Delete runs that ended 30 days ago; how many there were. Their ledger and what they came to stay."""
    with db.read_session() as session:
        ended = runs.ended_before(session, now() - KEPT)
    for run_id in ended:
        began = monotonic()
        with db.transaction() as session:
            runs.forget(session, run_id)
        _leave_the_lock_to_others(began)
    return len(ended)


def forget_lines() -> int:
    """Delete lines of the ledger that are a year old and tell nothing that the stored mail does not; how many.

    What was skipped, failed or deleted stays: syncs and people ask why.
    """
    gone = 0
    while True:
        began = monotonic()
        with db.transaction() as session:
            some = repository.forget_lines(session, now() - LINES_KEPT, _LINES_AT_ONCE)
        gone += some
        if some < _LINES_AT_ONCE:
            return gone
        _leave_the_lock_to_others(began)


def forget_expired() -> int:
    """Delete sessions, tickets and consents under way that ran out; how many sessions and tickets."""
    with db.transaction() as session:
        mail.forget_states(session, before=now())
        return accounts.forget_expired(session)


def forget_deleted_applications() -> int:
    """Remove applications that their user deleted 30 days ago; how many there were."""
    gone = 0
    while some := managing.purge_deleted(_TEXTS_AT_ONCE):
        gone += some
    return gone


def drop_other_text(settings: Settings) -> int:
    """Empty the text of mail that is not about the user's applications, 60 days after it came; of how many."""
    if settings.keep_other_mail != "text":
        return 0
    before = now() - OTHER_TEXT_KEPT
    return _drop(lambda session: intake.old_other_mail(session, before, _TEXTS_AT_ONCE))


def drop_deleted_text(settings: Settings) -> int:
    """Empty mail that was deleted at its source so many days ago and belongs to no application; of how many."""
    if not settings.deleted_email_retention_days:
        return 0
    before = now() - timedelta(days=settings.deleted_email_retention_days)
    return _drop(lambda session: repository.deleted_before(session, before, _TEXTS_AT_ONCE))


def _drop(find: Callable[[ReadSession], Sequence[tuple[int, int]]]) -> int:
    """Empty all mail, as (user id, email id), that is found; of how many."""
    dropped = 0
    while True:
        with db.read_session() as session:
            some = find(session)
        for user_id in {user_id for user_id, _ in some}:
            began = monotonic()
            ids = [email_id for owner, email_id in some if owner == user_id]
            with db.transaction() as session:
                mail_service.cut_other_mail(session, user_id, ids, "none")
            _leave_the_lock_to_others(began)
        dropped += len(some)
        if len(some) < _TEXTS_AT_ONCE:
            return dropped


def remove_leftover_files(settings: Settings) -> int:
    """Delete uploaded files older than a day that no run is going to read; how many there were."""
    folder = settings.data_dir / "uploads"
    too_old = (now() - FILES_KEPT).timestamp()
    old = [path for path in folder.glob("*") if path.is_file() and path.stat().st_mtime < too_old]
    if not old:
        return 0
    with db.read_session() as session:
        wanted = {
            Path(str(found)).name
            for run in runs.active(session)
            for found in _files_of(run.params, run.cursor)
        }
    left = [path for path in old if path.name not in wanted]
    for path in left:
        path.unlink(missing_ok=True)
    return len(left)


def _files_of(params: dict[str, object], cursor: dict[str, object]) -> list[object]:
    return [found for found in (params.get("path"), cursor.get("file")) if found]


def _leave_the_lock_to_others(began: float) -> None:
    sleep(max(0.005, monotonic() - began))
