"""Mail that a program hands over: made into messages, read at once, and on request stored like an import."""

from __future__ import annotations

import base64
import hashlib
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.utils import format_datetime
from pathlib import Path
from uuid import uuid4

from app.auth.models import User
from app.core import db
from app.core.clock import monotonic, sleep
from app.core.settings import Settings
from app.intake import repository as intake_repository
from app.mail import repository as mail
from app.mail import service as mail_service
from app.mail.archive.collecting import Collector
from app.mailsync.ingest_schemas import EmailInput
from app.runs import repository as runs_repository
from app.runs import service as runs
from app.runs.models import ACTIVE, RunKind

WAIT_S = 20.0
_HTML = re.compile(r"\s*<(?:!doctype\s+html|html|head|body|div|table|p|br)\b", re.IGNORECASE)
_FIELD_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,60}")
# What the message says of itself elsewhere, and what would tell a mailbox about the message.
_OURS = re.compile(
    r"(?:from|to|cc|bcc|sender|subject|date|message-id|mime-version|content-.*|x-gm-.*|x-gmail-.*|x-jobtrail-.*)",
    re.IGNORECASE,
)
_GMAIL_THREAD = re.compile(r"[0-9a-f]{16}")
_MAIL_FIELDS = {b"from", b"to", b"subject", b"date", b"message-id", b"received"}
_HEADERS_AT_MOST = 100
_HEADER_CHARS = 2_000


@dataclass(frozen=True, slots=True)
class Begun:
    """Messages on their way into the archive account: the run, and the id of each there."""

    run_id: str
    provider_ids: tuple[str, ...]


def to_message(given: EmailInput) -> bytes:
    """The mail as a message of RFC 822 (headers in UTF-8), the same for the same mail."""
    fields = [("From", given.sender), ("To", given.recipient), ("Subject", given.subject)]
    if given.date is not None:
        fields.append(("Date", format_datetime(given.date)))
    if given.message_id and (bare := re.sub(r"[\s<>]+", "", given.message_id)):
        fields.append(("Message-ID", f"<{bare[:480]}>"))
    if given.thread_id:
        fields.append(("X-GM-THRID", str(_thread_number(given.thread_id))))
    for name, value in list((given.headers or {}).items())[:_HEADERS_AT_MOST]:
        if _FIELD_NAME.fullmatch(name) and not _OURS.fullmatch(name):
            fields.append((name, value[:_HEADER_CHARS]))
    kind = "html" if _HTML.match(given.body) else "plain"
    fields += [
        ("MIME-Version", "1.0"),
        ("Content-Type", f"text/{kind}; charset=utf-8"),
        ("Content-Transfer-Encoding", "base64"),
    ]
    head = "".join(f"{name}: {_line(value)}\r\n" for name, value in fields if value is not None)
    return head.encode() + b"\r\n" + base64.encodebytes(given.body.encode("utf-8", "replace"))


def looks_like_mail(content: bytes) -> bool:
    """Whether these bytes begin as a message does: with header lines, among them two that mail has."""
    head = re.split(rb"\r?\n\r?\n", content.lstrip(b"\r\n")[:100_000], maxsplit=1)[0]
    names = {line.partition(b":")[0].strip().lower() for line in head.split(b"\n") if b":" in line}
    return len(names & _MAIL_FIELDS) >= 2 and b"\x00" not in head[:1_000]


def write_archive(settings: Settings, messages: Sequence[bytes]) -> tuple[Path, tuple[str, ...]]:
    """Put the messages into a file for an import; answers with it and the id that each will have."""
    folder = settings.data_dir / "uploads"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / f"ingest-{uuid4().hex}.zip"
    with zipfile.ZipFile(path, "x", zipfile.ZIP_DEFLATED) as file:
        for number, message in enumerate(messages):
            file.writestr(f"{number:06}.eml", message)
    path.chmod(0o600)
    return path, tuple(_provider_id(message) for message in messages)


def begin(settings: Settings, user: User, messages: Sequence[bytes]) -> Begun:
    """Store messages in the archive account by the path of all imports. Any number of these may go on at once."""
    path, ids = write_archive(settings, messages)
    try:
        with db.transaction() as session:
            account = mail_service.archive_account(session, user.id)
            run = runs.create(
                session,
                user_id=user.id,
                kind=RunKind.IMPORT,
                params={
                    "path": str(path),
                    "name": "Handed over by a program",
                    "mail_account_id": account.id,
                    "account_ids": [],
                    "own_addresses": user.own_addresses,
                    "remove": True,
                },
                dedupe_key=f"ingest-{path.stem[-32:]}",
                priority=10,
            )
            run_id = run.id
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return Begun(run_id, ids)


def wait_for(user_id: int, begun: Begun, seconds: float = WAIT_S) -> Mapping[str, tuple[int, int | None]]:
    """(email id, application id) of each message by its id in the archive account, once the run has ended; of those
    that are there when it takes longer."""
    until = monotonic() + seconds
    while True:
        with db.read_session() as session:
            run = runs_repository.get(session, user_id, begun.run_id)
            if run.state not in ACTIVE or monotonic() >= until:
                account_id = int(run.params["mail_account_id"])
                emails = mail.known_ids(session, account_id, begun.provider_ids)
                links = intake_repository.applications_of(session, user_id, list(emails.values()))
                return {i: (email_id, links.get(email_id)) for i, email_id in emails.items()}
        sleep(0.1)


def _provider_id(message: bytes) -> str:
    collector = Collector(unquote_from=False)
    collector.add(message)
    return collector.finish()[1]


def _line(value: str) -> str:
    return " ".join(value.encode("utf-8", "replace").decode().split())


def _thread_number(thread_id: str) -> int:
    """Gmail's ids are 64-bit numbers; any other id becomes one."""
    text = thread_id.strip().lower()
    if _GMAIL_THREAD.fullmatch(text) and int(text, 16):
        return int(text, 16)
    return int(hashlib.sha256(thread_id.encode("utf-8", "replace")).hexdigest()[:15], 16) + 1
