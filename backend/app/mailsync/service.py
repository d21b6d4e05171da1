"""Starting syncs and imports, and telling how the newest sync goes."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from app.auth.models import User
from app.core.db import ReadSession, WriteSession
from app.core.errors import StorageFull
from app.core.settings import Settings
from app.mail import repository as mail
from app.mail import service as mail_service
from app.mail.archive import service as archive
from app.mail.archive.errors import NotAMailbox
from app.mail.models import MailAccount, Provider
from app.mailsync.errors import GmailAuthRequired, PathNotFound, UploadEmpty, UploadTooLarge
from app.runs import repository as runs_repository
from app.runs import service as runs
from app.runs.context import RunContext
from app.runs.models import Run, RunKind

MIB = 1024 * 1024
SYNC_KINDS = (RunKind.SYNC,)


def start_sync(
    session: WriteSession, user: User, *, mode: str, mail_account_id: int | None, force: bool = False
) -> Run:
    """Queue a sync of one account, or of all connected ones. Raises GmailAuthRequired, RunAlreadyActive."""
    accounts = _syncable(session, user, mail_account_id)
    ids = [a.id for a in accounts]
    return runs.create(
        session,
        user_id=user.id,
        kind=RunKind.SYNC,
        params={"account_ids": ids, "mode": mode, "force": force, "own_addresses": user.own_addresses},
        dedupe_key=f"sync:{','.join(map(str, ids))}",
        account_ids=ids,
        lane="sync",
        priority=10,
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
    try:
        archive.open_archive(path)
    except NotAMailbox as error:
        # The person knows the file by its own name, not by the one it has on our disk.
        raise NotAMailbox(error.detail.replace(path.name, name)) from None


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
    from app.mailsync import repository

    repository.forget_account(session, account.id)


def _syncable(session: ReadSession, user: User, account_id: int | None) -> list[MailAccount]:
    if account_id is not None:
        chosen = [mail.get_account(session, user.id, account_id)]
    else:
        chosen = list(mail.list_accounts(session, user.id))
    usable = [a for a in chosen if a.provider == Provider.GMAIL and a.credentials and not a.needs_reauth]
    if not usable:
        raise GmailAuthRequired(
            "Connect a Gmail account first, or import an archive of your mail.", auth_url="/api/gmail/auth"
        )
    return usable
