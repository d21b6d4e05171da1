"""The database against the mailbox, message by message."""

from __future__ import annotations

import time
from datetime import UTC, datetime

from sqlalchemy import select

from app.core import db
from app.intake.models import VerdictRow
from app.mail.models import Email, EmailSource
from tests.fakes.google_mailbox import Mailbox, StoredMessage

DAY = 86_400.0
_HIDDEN = {"SPAM", "TRASH"}
_NO_MAIL = {"DRAFT", "CHAT"}


def wanted(box: Mailbox, days: float = 90) -> dict[str, StoredMessage]:
    """What of the mailbox should be stored: mail of the last days, without drafts, chats, spam and trash."""
    after = (time.time() - days * DAY) * 1000
    return {
        i: m
        for i, m in box.messages.items()
        if m.internal_ms >= after and not m.labels & (_HIDDEN | _NO_MAIL)
    }


def assert_same(
    box: Mailbox, account_id: int, days: float = 90, without: frozenset[str] = frozenset()
) -> None:
    """Every wanted message is stored once, whole, judged and not deleted; all else that is stored is deleted.

    `without` are messages that could not be had. Mail older than `days` may be stored or not.
    """
    expected = {i: m for i, m in wanted(box, days).items() if i not in without}
    with db.read_session() as session:
        rows = session.execute(
            select(EmailSource, Email, VerdictRow)
            .join(Email, Email.id == EmailSource.email_id)
            .outerjoin(VerdictRow, VerdictRow.email_id == Email.id)
            .where(EmailSource.mail_account_id == account_id)
        ).all()
    found = {source.provider_message_id: (source, email, verdict) for source, email, verdict in rows}
    assert len(found) == len(rows), "a message is stored twice"
    assert len({email.id for _, email, _ in rows}) == len(rows), "two messages became one email"
    missing = expected.keys() - found.keys()
    assert not missing, f"{len(missing)} messages are missing: {sorted(missing)[:5]}"
    older = box.messages.keys() - wanted(box, days).keys()
    for message_id, (source, email, verdict) in found.items():
        assert verdict is not None, f"{message_id} was not judged"
        assert email.is_deleted == source.is_deleted
        there = box.messages.get(message_id)
        if there is None or there.labels & _HIDDEN:
            assert source.is_deleted, f"{message_id} is gone at the source, and here it is not"
            continue
        if message_id in older:
            continue
        assert not source.is_deleted, f"{message_id} is there, and thought deleted"
        names = {box.label_names.get(label, label) for label in there.labels}
        assert set(source.labels) == names, message_id
        assert source.thread_id == there.thread_id
        assert source.internal_date == datetime.fromtimestamp(there.internal_ms / 1000, UTC)
        assert (email.rfc822_message_id or "") == str(there.parsed.get("Message-ID", "")).strip()
        assert email.subject == str(there.parsed.get("Subject", "")).strip()
        assert email.direction == ("out" if "SENT" in there.labels else "in")
