"""Whole mailboxes: the demo's, made-up ones of any size, and big ones by repetition."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from app.demo.mailbox import builder
from tests.factories.mails import make_mail, make_mbox
from tests.fakes.google_mails import generate_mailbox

LOADED_ON = date(2026, 3, 2)
UNTIL = 1_772_400_000.0  # 1 March 2026, in epoch seconds
_MESSAGE_ID = re.compile(rb"<([^<>@\s]+)@([^<>\s]+)>")
_ATTACHED = re.compile(rb"^Content-Disposition: attachment", re.MULTILINE)


def demo_mails() -> list[bytes]:
    """The demo mailbox as of 2 March 2026, oldest first."""
    return builder.build(LOADED_ON)


def generated_mails(count: int, seed: int = 1) -> list[bytes]:
    """A job seeker's mail of four months, oldest first; the same arguments give the same mails."""
    return [m.raw for m in generate_mailbox(count, seed, until=UNTIL).messages.values()]


def write_mbox(path: Path, mails: Sequence[bytes]) -> Path:
    path.write_bytes(make_mbox(mails))
    return path


def write_repeated_mbox(path: Path, *, megabytes: float, padding: int = 12_000) -> int:
    """An mbox of about that size out of the demo mails, again and again with other ids, companies and text.

    Each gets about `padding` bytes of new text below, so that no two have the same. Returns how many
    messages it holds.
    """
    count, size = 0, 0
    with path.open("wb") as file:
        for mail in _repeated(padding):
            block = make_mbox([mail])
            file.write(block)
            count, size = count + 1, size + len(block)
            if size >= megabytes * 1_000_000:
                return count
    raise AssertionError("The mails never end.")


def _repeated(padding: int) -> Iterator[bytes]:
    dice = random.Random(7)
    mails = [m for m in demo_mails() if not _ATTACHED.search(m)]
    turn = 0
    while True:
        for mail in mails:
            yield _again(mail, turn, _prose(dice, padding))
        turn += 1


def _again(mail: bytes, turn: int, prose: bytes) -> bytes:
    """The mail with ids of its own turn, its text followed by prose (plain and HTML alike)."""
    renamed = _MESSAGE_ID.sub(rb"<\1.t%d@\2>" % turn, mail)
    return renamed.rstrip() + b"\r\n\r\n" + prose + b"\r\n" if b"multipart/" not in mail else renamed


def _prose(dice: random.Random, size: int) -> bytes:
    words = ("river", "stone", "basket", "window", "garden", "paper", "lamp", "bridge", "wool", "kettle")
    lines = []
    while size > 0:
        line = " ".join(f"{dice.choice(words)}{dice.randrange(100)}" for _ in range(9))
        lines.append(line)
        size -= len(line) + 2
    return "\r\n".join(lines).encode()


def candidacy(company: str, title: str, *steps: str, day: int = 1, domain: str = "") -> list[bytes]:
    """Mails of one application, a week apart: `received`, `interview`, `rejection`, `offer`, `assessment`."""
    host = domain or f"{re.sub('[^a-z]', '', company.lower())}.example"
    return [
        make_mail(
            _SAYS[step].format(company=company, title=title),
            subject=_SUBJECTS[step].format(company=company, title=title),
            sender=f"{company} Careers <careers@{host}>",
            date=f"{1 + (day + 7 * number - 1) % 28:02} {_MONTHS[(day + 7 * number - 1) // 28]} 2026 09:00:00 +0000",
            message_id=f"<{step}.{number}.{re.sub('[^a-z]', '', title.lower())}@{host}>",
        )
        for number, step in enumerate(steps)
    ]


_MONTHS = ("Jan", "Feb", "Mar")
_SUBJECTS = {
    "received": "Your application for {title} at {company}",
    "interview": "Interview for {title} at {company}",
    "rejection": "Your application for {title} at {company}",
    "offer": "Your offer for {title} at {company}",
    "assessment": "Coding assessment for {title} at {company}",
}
_SAYS = {
    "received": (
        "Hello Alex,\n\nThank you for applying for the position of {title} at {company}. We have received your "
        "application and will review it within two weeks.\n\nKind regards\n{company} Recruiting\n"
    ),
    "interview": (
        "Hello Alex,\n\nWe would like to invite you to an interview for the position of {title} at {company}. "
        "Please let us know which times suit you next week.\n\nKind regards\n{company} Recruiting\n"
    ),
    "rejection": (
        "Hello Alex,\n\nThank you for your interest in the position of {title} at {company}. Unfortunately we "
        "have decided to move forward with other candidates.\n\nKind regards\n{company} Recruiting\n"
    ),
    "offer": (
        "Hello Alex,\n\nWe are delighted to offer you the position of {title} at {company}. The contract is "
        "attached; please sign it by Friday.\n\nKind regards\n{company} Recruiting\n"
    ),
    "assessment": (
        "Hello Alex,\n\nAs the next step for the position of {title} at {company}, please complete the online "
        "coding assessment within five days.\n\nKind regards\n{company} Recruiting\n"
    ),
}
