"""A reply as a message: headers that keep the conversation together, and nothing a stranger slipped in. Pure."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from urllib.parse import quote

_REPLY = re.compile(r"^\s*(?:re|aw|antw|sv|rv|ref)\s*(?:\[\d+\])?\s*:", re.IGNORECASE)
_MESSAGE_ID = re.compile(r"^<[^<>\s@]+@[^<>\s@]+>$")
_ADDRESS = re.compile(r"^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+$")
_NO_REPLY = re.compile(
    r"(?:no|do[-_.]?not|don?t)[-_.]?reply|noreply|donotreply|mailer-daemon|bounce|notification|automated",
    re.IGNORECASE,
)
_REFERENCES_AT_MOST = 30
_MAILTO_AT_MOST = 1_900  # characters; some mail programs cut longer addresses


@dataclass(frozen=True, slots=True)
class Letter:
    """What is written to whom. `in_reply_to` and `references` are Message-IDs of the conversation."""

    sender: str
    to: str
    subject: str
    text: str
    message_id: str
    in_reply_to: str | None = None
    references: Sequence[str] = ()


def reply_subject(subject: str) -> str:
    """The subject of an answer: one line, one "Re:"."""
    line = one_line(subject)[:250]
    return line if _REPLY.match(line) else f"Re: {line}".strip()


def references_of(message_id: str | None, references: Sequence[str], in_reply_to: str | None) -> list[str]:
    """The References of an answer to that mail, oldest first (RFC 5322, 3.6.4)."""
    named = list(references) or ([in_reply_to] if in_reply_to else [])
    chain = [one for one in dict.fromkeys([*named, message_id]) if one and _MESSAGE_ID.match(one)]
    if len(chain) > _REFERENCES_AT_MOST:
        chain = [chain[0], *chain[1 - _REFERENCES_AT_MOST :]]
    return chain


def message_id_for(key: str, sender: str) -> str:
    """The Message-ID of the letter with that key: the same letter always has the same."""
    domain = sender.rpartition("@")[2] or "jobtrail.invalid"
    return f"<jobtrail.{key[:32]}@{domain}>"


def key_of(*parts: object) -> str:
    """What two clicks on the same reply have in common (64 hex digits)."""
    return hashlib.sha256("\x1f".join(str(part) for part in parts).encode()).hexdigest()


def message_of(letter: Letter) -> bytes:
    """RFC 822 bytes. Raises ValueError for an addressee that is no address."""
    made = EmailMessage(policy=SMTP)
    made["From"] = _address(letter.sender)
    made["To"] = _address(letter.to)
    made["Subject"] = one_line(letter.subject)
    made["Message-ID"] = letter.message_id
    if letter.in_reply_to and _MESSAGE_ID.match(letter.in_reply_to):
        made["In-Reply-To"] = letter.in_reply_to
    if letter.references:
        made["References"] = " ".join(letter.references)
    made.set_content(
        letter.text.replace("\r\n", "\n").replace("\r", "\n"), charset="utf-8", cte="quoted-printable"
    )
    return bytes(made)


def mailto(to: str, subject: str, text: str) -> str:
    """A link that opens the letter in a mail program; a long text is cut, and the caller shows it whole."""
    head = f"mailto:{quote(to, safe='@')}?subject={quote(one_line(subject))}&body="
    text = text.replace("\r\n", "\n")
    while (link := head + quote(text.replace("\n", "\r\n"))) and len(link) > _MAILTO_AT_MOST and text:
        text = text[: -max(1, (len(link) - _MAILTO_AT_MOST) // 9)]
    return link


def is_automatic(address: str) -> bool:
    """Whether nobody reads what is sent there."""
    return bool(_NO_REPLY.search(address.partition("@")[0]))


def one_line(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _address(text: str) -> Address:
    if not _ADDRESS.match(text):
        raise ValueError("This is no mail address.")
    return Address(addr_spec=text)
