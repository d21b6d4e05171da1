"""Starting syncs and imports, and telling how the newest sync goes."""

from __future__ import annotations

import math
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from app.auth.models import User
from app.core.clock import now
from app.core.db import ReadSession, WriteSession
from app.core.errors import StorageFull
from app.core.settings import Settings
from app.mail import repository as mail
from app.mail import service as mail_service
from app.mail.archive import service as archive
from app.mail.archive.errors import NotAMailbox
from app.mail.errors import MailAccountNotFound
from app.mail.models import MailAccount, Provider
from app.mailsync import repository
from app.mailsync.errors import (
    BackfillTooSoon,
    GmailAuthRequired,
    LedgerLineNotFound,
    NeverSynced,
    NothingToFetch,
    PathNotFound,
    UploadEmpty,
    UploadTooLarge,
)
from app.mailsync.models import Outcome, Reason
from app.runs import repository as runs_repository
from app.runs import service as runs
from app.runs.context import RunContext
from app.runs.errors import RunAlreadyActive, RunNotFound
from app.runs.models import Run, RunKind

MIB = 1024 * 1024
SYNC_KINDS = (RunKind.SYNC,)
CLICK = 10  # the priority of what a person asks for; schedules have less


def start_sync(
    session: WriteSession,
    user: User,
    *,
    mode: str = "auto",
    mail_account_id: int | None = None,
    force: bool = False,
    max_results: int | None = None,
    priority: int = CLICK,
) -> Run:
    """Queue a sync of one account, or of all connected ones. `mode` is auto, full or incremental; `force` is a
    full sync without a window; `max_results` the messages that one run takes (the rest goes on by itself).
    Raises GmailAuthRequired, RunAlreadyActive."""
    ids = [a.id for a in syncable(session, user, mail_account_id)]
    return runs.create(
        session,
        user_id=user.id,
        kind=RunKind.SYNC,
        params=_params(user, ids) | {"mode": mode, "force": force, "max_results": max_results},
        dedupe_key=f"sync:{','.join(map(str, ids))}",
        account_ids=ids,
        lane="sync",
        priority=priority,
    )


def start_backfill(
    session: WriteSession,
    user: User,
    *,
    days: int = 60,
    mail_account_id: int | None = None,
    not_before: datetime | None = None,
    cooldown_s: int = 0,
) -> Run:
    """Queue the reading of the last `days`, newest first, whatever was synced before. Raises GmailAuthRequired,
    RunAlreadyActive, BackfillTooSoon."""
    ids = [a.id for a in syncable(session, user, mail_account_id)]
    busy = runs_repository.holding(session, ids, "backfill")
    if busy:
        raise RunAlreadyActive("A backfill is running already; it goes on by itself.", job_id=busy)
    last = repository.last_run(session, user.id, RunKind.BACKFILL, "backfill")
    if last is not None:
        left = cooldown_s - (now() - last.created_at).total_seconds()
        if left > 0:
            seconds = math.ceil(left)
            raise BackfillTooSoon(
                f"The next backfill can start in {seconds} seconds.",
                headers={"Retry-After": str(seconds)},
                retry_after=seconds,
            )
    run = runs.create(
        session,
        user_id=user.id,
        kind=RunKind.BACKFILL,
        params=_params(user, ids) | {"days": days, "lane": "backfill"},
        dedupe_key="backfill",
        account_ids=ids,
        lane="backfill",
        priority=CLICK,
    )
    run.not_before = not_before
    return run


def start_rest(session: WriteSession, ctx: RunContext, account: MailAccount) -> Run:
    """Queue the reading of what the syncs of this account left for later. Raises RunAlreadyActive."""
    return runs.create(
        session,
        user_id=ctx.user_id,
        kind=RunKind.BACKFILL,
        params=_same_user(ctx) | {"account_ids": [account.id], "after_run": ctx.run_id, "lane": "rest"},
        dedupe_key=f"rest:{account.id}",
        account_ids=[account.id],
        lane="rest",
    )


def start_deletions(
    session: WriteSession,
    user: User,
    *,
    mail_account_id: int | None = None,
    force: bool = False,
    max_results: int | None = None,
    priority: int = CLICK,
) -> Run:
    """Queue a look for mail that was deleted at its source without any history telling it; with `force` also where
    the history told everything. Raises GmailAuthRequired, RunAlreadyActive."""
    ids = [a.id for a in syncable(session, user, mail_account_id)]
    return runs.create(
        session,
        user_id=user.id,
        kind=RunKind.DELETIONS,
        params=_params(user, ids) | {"force": force, "max_results": max_results, "lane": "deletions"},
        dedupe_key=f"deletions:{','.join(map(str, ids))}",
        account_ids=ids,
        lane="deletions",
        priority=priority,
    )


def start_verify(session: WriteSession, user: User, *, mail_account_id: int, fix: bool = False) -> Run:
    """Queue a comparison of one account with what is stored of it; with `fix` what is missing is fetched. Raises
    GmailAuthRequired, MailAccountNotFound, RunAlreadyActive, NeverSynced."""
    (account,) = syncable(session, user, mail_account_id)
    state = repository.state_of(session, account.id)
    if state is None or state.last_synced_at is None:
        raise NeverSynced("Sync this account first; then there is something to compare.")
    return runs.create(
        session,
        user_id=user.id,
        kind=RunKind.VERIFY,
        params=_params(user, [account.id]) | {"fix": fix, "lane": "verify"},
        dedupe_key=f"verify:{account.id}",
        account_ids=[account.id],
        lane="verify",
        priority=CLICK,
    )


def start_fetch(session: WriteSession, ctx: RunContext, account_id: int, provider_ids: Sequence[str]) -> Run:
    """Queue the fetching of messages that another run found missing. Raises RunAlreadyActive."""
    return runs.create(
        session,
        user_id=ctx.user_id,
        kind=RunKind.FETCH,
        params=_same_user(ctx) | {"account_ids": [account_id], "ids": list(provider_ids), "lane": "fetch"},
        dedupe_key=f"fetch:{account_id}",
        account_ids=[account_id],
        lane="fetch",
        priority=CLICK,
    )


def fetch_left_out(session: WriteSession, user: User, line_id: int, *, others: bool) -> tuple[Run, int]:
    """Queue the fetching of a message that was left out, with `others` also of those from its sender (even when it has
    been fetched meanwhile); answers with how many others of that sender are known to be left out.

    Raises LedgerLineNotFound, NothingToFetch, GmailAuthRequired, RunAlreadyActive.
    """
    line = repository.get_line(session, user.id, line_id)
    if line is None:
        raise LedgerLineNotFound
    fetchable = line.outcome == Outcome.FAILED or line.reason == Reason.NOT_IN_QUERY
    if not fetchable or (line.email_id is not None and not others):
        raise NothingToFetch("It is stored already, or it is not at its source any more.")
    (account,) = syncable(session, user, line.mail_account_id)
    count = repository.count_left_out_from(session, user.id, line.sender) if line.sender else 0
    count -= line.outcome == Outcome.SKIPPED and line.email_id is None  # itself
    run = runs.create(
        session,
        user_id=user.id,
        kind=RunKind.FETCH,
        params=_params(user, [account.id])
        | {"ids": [line.provider_message_id], "asked": True, "others": others, "lane": "asked"},
        dedupe_key=f"fetch:{account.id}:{line.provider_message_id}"[:120],
        priority=CLICK,
    )
    return run, max(0, count)


def go_on(session: WriteSession, ctx: RunContext, capped: Mapping[str, Any]) -> Run:
    """Queue the next portion of this run's work: `capped` says by account id how it goes on. The accounts pass from
    this run, which is over but for its last word, to the next."""
    ids = sorted(int(i) for i in capped)
    runs_repository.release_accounts(session, ctx.run_id)
    return runs.create(
        session,
        user_id=ctx.user_id,
        kind=ctx.kind,
        params={**ctx.params, "account_ids": ids, "continues": dict(capped)},
        dedupe_key=f"{ctx.kind}:after:{ctx.run_id}",
        account_ids=ids,
        lane=ctx.params.get("lane", "sync"),
        priority=CLICK,
    )


def start_import(session: WriteSession, user: User, path: Path, *, name: str, remove: bool) -> Run:
    """Queue the import of an archive that lies at `path`. Raises RunAlreadyActive."""
    account = mail_service.archive_account(session, user.id)
    return runs.create(
        session,
        user_id=user.id,
        kind=RunKind.IMPORT,
        params={
            "path": str(path),
            "name": name,
            "mail_account_id": account.id,
            "account_ids": [account.id],
            "own_addresses": user.own_addresses,
            "remove": remove,
        },
        dedupe_key="import",
        account_ids=[account.id],
        lane="sync",
        priority=10,
    )


def read_archive(ctx: RunContext, path: Path) -> None:
    """Import the archive at `path` within a run of another room, and remove it at the end."""
    from app.mailsync import importing

    ctx.params |= {"path": str(path), "remove": True}
    importing.run_import(ctx)


def get_backfill(session: ReadSession, user: User, run_id: str) -> Run:
    """The user's backfill. Raises RunNotFound."""
    run = runs.get(session, user.id, run_id)
    if run.kind != RunKind.BACKFILL:
        raise RunNotFound
    return run


def newest_sync(session: ReadSession, user: User) -> Run | None:
    return runs_repository.newest(session, user.id, SYNC_KINDS)


@contextmanager
def receiving(settings: Settings, suffix: str) -> Iterator[Path]:
    """A private file for an upload; removed again when receiving it fails."""
    folder = settings.data_dir / "uploads"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / f"{uuid.uuid4().hex}{suffix}"
    try:
        yield path
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def save_upload(settings: Settings, source: BinaryIO, path: Path, name: str) -> None:
    """Copy an upload to disk and check that it is mail.

    Raises UploadEmpty, UploadTooLarge, StorageFull, NotAMailbox.
    """
    copy_upload(settings, source, path)
    try:
        archive.open_archive(path)
    except NotAMailbox as error:
        # The person knows the file by its own name, not by the one it has on our disk.
        raise NotAMailbox(error.detail.replace(path.name, name)) from None


def copy_upload(settings: Settings, source: BinaryIO, path: Path) -> None:
    """Copy an upload, whatever it is, to a private file. Raises UploadEmpty, UploadTooLarge, StorageFull."""
    size, limit = 0, settings.max_upload_mb * MIB
    try:
        with path.open("xb") as file:
            while block := source.read(MIB):
                size += len(block)
                if size > limit:
                    raise UploadTooLarge(
                        f"This file is larger than {settings.max_upload_mb} MB.", limit_bytes=limit
                    )
                file.write(block)
    except OSError as error:
        raise StorageFull("There is no room for this file on the disk; nothing was imported.") from error
    path.chmod(0o600)
    if size == 0:
        raise UploadEmpty("This file has no content.")


def suffix_of(name: str) -> str:
    """The extension that tells what kind of archive it is; nothing else of the name reaches the disk."""
    lowered = name.lower()
    known = (".tar.gz", ".tgz", ".zip", ".mbox", ".eml")
    return next((s for s in known if lowered.endswith(s)), ".mbox")


def resolve_path(path: str) -> Path:
    """An existing local archive. Raises PathNotFound, NotAMailbox."""
    found = Path(path).expanduser().resolve()
    if not found.exists():
        raise PathNotFound(f"There is nothing at {path}.")
    archive.open_archive(found)
    return found


def forget_account(session: WriteSession, account: MailAccount) -> None:
    """Drop cursor and ledger of an account that goes."""
    repository.forget_account(session, account.id)


def syncable(session: ReadSession, user: User, account_id: int | None) -> list[MailAccount]:
    """The connected accounts that can be read, or the one that is named. Raises GmailAuthRequired,
    MailAccountNotFound."""
    if account_id is not None:
        chosen = [mail.get_account(session, user.id, account_id)]
    else:
        chosen = list(mail.list_accounts(session, user.id))
    usable = [a for a in chosen if a.provider != Provider.ARCHIVE and a.credentials and not a.needs_reauth]
    if not usable:
        raise GmailAuthRequired(
            "Connect a Gmail account first, or import an archive of your mail.", auth_url="/api/gmail/auth"
        )
    return usable


def account_of(session: ReadSession, user: User, address: str | None) -> int | None:
    """The id of the user's account with this address; None for no address. Raises MailAccountNotFound."""
    if address is None:
        return None
    wanted = address.strip().lower()
    for account in mail.list_accounts(session, user.id):
        if account.address.lower() == wanted and account.provider != Provider.ARCHIVE:
            return account.id
    raise MailAccountNotFound


def _params(user: User, account_ids: Sequence[int]) -> dict[str, Any]:
    return {"account_ids": list(account_ids), "own_addresses": user.own_addresses}


def _same_user(ctx: RunContext) -> dict[str, Any]:
    return {"own_addresses": ctx.params.get("own_addresses", [])}
