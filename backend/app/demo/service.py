"""Loading the demo mailbox through the real pipeline, and taking it away again."""

from __future__ import annotations

import mailbox
import uuid
from pathlib import Path

from app.auth.models import User
from app.core import db
from app.core.clock import now
from app.core.db import WriteSession
from app.core.errors import Conflict
from app.core.settings import Settings
from app.demo.mailbox import builder
from app.intake import service as intake
from app.mail import repository as mail
from app.mail import service as mail_service
from app.mail.models import Provider
from app.mailsync import service as mailsync
from app.runs import repository as runs_repository
from app.runs import service as runs
from app.runs.context import RunContext
from app.runs.errors import RunAlreadyActive
from app.runs.models import Run, RunKind

OWNER = "alex@jobtrail.example"


class DemoAlreadyLoaded(Conflict):
    code = "demo.already_loaded"
    title = "The demo mailbox is already here"


def start(session: WriteSession, user: User) -> Run:
    """Queue the loading of the demo mailbox. Raises RunAlreadyActive, DemoAlreadyLoaded."""
    account = mail_service.archive_account(session, user.id, is_demo=True)
    if mail.count_by_account(session, user.id).get(account.id):
        raise DemoAlreadyLoaded("Remove it first, then load it again with fresh dates.")
    return runs.create(
        session,
        user_id=user.id,
        kind=RunKind.DEMO,
        params={"mail_account_id": account.id, "account_ids": [account.id], "own_addresses": [OWNER]},
        dedupe_key="demo",
        account_ids=[account.id],
        priority=10,
    )


def load(ctx: RunContext) -> None:
    """The demo's runner: writes the mailbox as a file and imports it like any other."""
    path = _mailbox_file(ctx.settings, ctx.cursor.setdefault("file", f"demo-{uuid.uuid4().hex}.mbox"))
    mailsync.read_archive(ctx, path)


def remove(user: User) -> None:
    """Take the demo mailbox away with everything that was read out of it. Raises RunAlreadyActive."""
    with db.transaction() as session:
        account = mail.find_account(session, user.id, Provider.ARCHIVE, is_demo=True)
        if account is None:
            return
        busy = runs_repository.holding(session, [account.id], "sync")
        if busy:
            raise RunAlreadyActive("Stop the loading of the demo mailbox first.", job_id=busy)
        intake.forget_emails(session, user.id, mail.email_ids_only_of(session, account.id))
        mailsync.forget_account(session, account)
        mail.delete_account(session, account, with_emails=False)


def _mailbox_file(settings: Settings, name: str) -> Path:
    """The demo mail as an mbox in the uploads folder; a file left by an earlier attempt is used as it is."""
    folder = settings.data_dir / "uploads"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / name
    if path.exists():
        return path
    part = path.with_suffix(".part")
    part.unlink(missing_ok=True)
    box = mailbox.mbox(part)
    try:
        for raw in builder.build(now().date(), owner_email=OWNER):
            box.add(raw)
        box.flush()
    finally:
        box.close()
    part.chmod(0o600)
    part.rename(path)
    return path
