"""Imports, syncs and checks from the command line: the same runs as over the API, watched until they end.

They work beside a running server or without one: whoever claims the run does it, and here is looked on.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.auth import service as accounts
from app.auth.models import User
from app.core import clock, db
from app.core.clock import now
from app.core.db import ReadSession, WriteSession
from app.core.errors import AppError, BadRequest
from app.mail import repository as mail
from app.mail.models import MailAccount, Provider
from app.mailsync import service, verify
from app.runs import repository as runs
from app.runs.errors import RunAlreadyActive
from app.runs.models import ACTIVE, Run, RunKind, RunState

_GOING_ON = (RunKind.SYNC, RunKind.BACKFILL, RunKind.FETCH)
_RECENT = 100

Start = Callable[[WriteSession, User, MailAccount], Run]


class NoSuchMailbox(BadRequest):
    """The words of the command name no connected account, or more than one person's."""

    code = "mail_account.not_named"
    title = "Which mailbox is meant?"


@dataclass(frozen=True, slots=True)
class Mailboxes:
    """Which accounts a command is about: a user's, those of an address, or all that are connected."""

    username: str | None = None
    address: str | None = None

    def find(self, session: ReadSession) -> list[tuple[User, MailAccount]]:
        """Raises UserUnknown, NoSuchMailbox."""
        if self.username is not None:
            owner = accounts.find_user(session, self.username)
            found = list(mail.list_accounts(session, owner.id))
        else:
            found = list(mail.all_accounts(session))
        connected = [account for account in found if account.provider != Provider.ARCHIVE]
        if self.address is not None:
            wanted = self.address.strip().lower()
            connected = [account for account in connected if account.address.lower() == wanted]
            if len({account.user_id for account in connected}) > 1:
                raise NoSuchMailbox(f"Several people have connected {self.address}: say whose is meant.")
        if not connected:
            whose = f" of {self.username}" if self.username else ""
            which = f" named {self.address}" if self.address else ""
            raise NoSuchMailbox(f"There is no connected mailbox{which}{whose}.")
        return [(session.get_one(User, account.user_id), account) for account in connected]


def import_path(path: Path, username: str) -> int:
    """0 when every message is in the ledger; 1 when the run failed or was canceled. Raises AppError."""
    archive = service.resolve_path(str(path))
    with db.transaction() as session:
        user = accounts.find_user(session, username)
        run_id = service.start_import(session, user, archive, name=archive.name, remove=False).id
    return _report(_watch(run_id))


def sync(mailboxes: Mailboxes, *, full: bool) -> int:
    """Read the mailboxes, and what a sync leaves for later too; `full` without a window. 1 when one failed."""

    def start(session: WriteSession, user: User, account: MailAccount) -> Run:
        mode = "full" if full else "auto"
        return service.start_sync(session, user, mode=mode, mail_account_id=account.id, force=full)

    return _for_each(mailboxes, start, _report, follows=True)


def check_deletions(mailboxes: Mailboxes) -> int:
    """Look for mail that was deleted at its source, whatever the history told. 1 when a check failed."""

    def start(session: WriteSession, user: User, account: MailAccount) -> Run:
        return service.start_deletions(session, user, mail_account_id=account.id, force=True)

    return _for_each(mailboxes, start, _report)


def check_complete(mailboxes: Mailboxes, *, fix: bool) -> int:
    """Compare the mailboxes with what is stored, and say what is missing; with `fix` fetch it. 1 when something is
    missing or could not be compared."""

    def start(session: WriteSession, user: User, account: MailAccount) -> Run:
        return service.start_verify(session, user, mail_account_id=account.id, fix=fix)

    return _for_each(mailboxes, start, _tell_complete, follows=fix)


def _for_each(
    mailboxes: Mailboxes, start: Start, report: Callable[[Run], int], *, follows: bool = False
) -> int:
    """One mailbox after the other; each is tried even if one fails."""
    with db.read_session() as session:
        chosen = mailboxes.find(session)
    status = 0
    for user, account in chosen:
        sys.stdout.write(f"{account.address}\n")
        sys.stdout.flush()
        try:
            run = _watch(_start(start, user, account))
            status = max(status, report(run))
            watched = {run.id}
            while follows and (run_id := _following(run, account.id, watched)) is not None:
                watched.add(run_id)
                status = max(status, _report(_watch(run_id)))
        except AppError as error:
            sys.stderr.write(f"error: {error.detail}\n")
            status = 1
    return status


def _start(start: Start, user: User, account: MailAccount) -> str:
    """The id of the new run, or of the one that is under way already."""
    try:
        with db.transaction() as session:
            return start(session, user, account).id
    except RunAlreadyActive as busy:
        sys.stderr.write("This is under way already.\n")
        return str(busy.params["job_id"])


def _following(run: Run, account_id: int, watched: set[str]) -> str | None:
    """A run that goes on with the account where others stopped."""
    with db.read_session() as session:
        recent, _ = runs.page(session, run.user_id, kind=None, state=None, offset=0, limit=_RECENT)
    later = [
        each.id
        for each in recent
        if each.kind in _GOING_ON
        and each.created_at >= run.created_at
        and account_id in each.params.get("account_ids", [])
        and each.id not in watched
    ]
    return later[-1] if later else None


def _watch(run_id: str) -> Run:
    """The run at its end."""
    while True:
        with db.read_session() as session:
            run = runs.load(session, run_id)
        if run is None:
            raise RuntimeError("The run's row is gone.")
        _show(run)
        if run.state not in ACTIVE:
            sys.stderr.write("\n")
            return run
        clock.sleep(0.5)


def _report(run: Run) -> int:
    if run.state == RunState.DONE:
        return 0
    sys.stderr.write(f"error: {run.error_detail or f'The run was {run.state}.'}\n")
    return 1


def _tell_complete(run: Run) -> int:
    if run.state != RunState.DONE:
        return _report(run)
    sys.stdout.write("\n".join(f"  {line}" for line in verify.describe(run.result)) + "\n")
    return 0 if run.result.get("complete") else 1


def _show(run: Run) -> None:
    if not sys.stderr.isatty() and run.state in ACTIVE:
        return  # a log gets the last line only
    told = run.result
    percent = (
        f" ({min(100, 100 * told['bytes'] // told['bytes_total'])} %)" if told.get("bytes_total") else ""
    )
    words = [f"{run.processed} read{percent}", f"{told.get('stored', 0)} new"]
    words += [f"{run.deleted} deleted"] if run.deleted else []
    words += [
        f"{told.get('about_jobs', 0)} about jobs",
        f"{told.get('applications_created', 0)} applications",
    ]
    words.append(f"{run.errors} failed")
    if run.state == RunState.QUEUED and run.not_before is not None and run.not_before > now():
        words.append(f"waiting until {run.not_before:%H:%M:%S} UTC")
    sys.stderr.write(f"\r{', '.join(words)}   ")
    sys.stderr.flush()
