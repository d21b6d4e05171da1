"""What holds for every parsed mail."""

from __future__ import annotations

import unicodedata
from datetime import UTC

from app.mail.values import TEXT_LIMIT, ParsedMail


def check_whole(mail: ParsedMail) -> None:
    """What holds for every parsed mail."""
    assert len(mail.text) <= TEXT_LIMIT
    assert unicodedata.is_normalized("NFC", mail.text)
    assert not set(mail.text) & set("\r\u00a0\u200b\u00ad\ufeff\x00\u200d")
    assert "\n\n\n\n" not in mail.text
    assert not any(line.endswith(" ") for line in mail.text.split("\n"))
    assert len(mail.snippet) <= 200
    assert "\n" not in mail.subject + mail.sender_name
    assert len(mail.content_hash) == 64
    assert mail.date is None or mail.date.tzinfo == UTC
    assert all(link.lower().startswith(("http://", "https://")) for link in mail.links)
    assert len(set(mail.links)) == len(mail.links)
    for value in (
        mail.text,
        mail.subject,
        mail.html or "",
        mail.calendar or "",
        *mail.recipients,
        *mail.links,
    ):
        value.encode()  # no lone surrogate reaches a database
    for attachment in mail.attachments:
        assert attachment.name
        assert attachment.size >= 0
