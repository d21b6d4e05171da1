"""Whole mailboxes: the demo's, made-up ones of any size, and big ones by repetition."""

from __future__ import annotations

import base64
import itertools
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


def demo_mails() -> list[bytes]:
    """The demo mailbox as of 2 March 2026, oldest first."""
    return builder.build(LOADED_ON)


def generated_mails(count: int, seed: int = 1) -> list[bytes]:
    """A job seeker's mail of four months, oldest first; the same arguments give the same mails."""
    return [m.raw for m in generate_mailbox(count, seed, until=UNTIL).messages.values()]


def write_mbox(path: Path, mails: Sequence[bytes]) -> Path:
    path.write_bytes(make_mbox(mails))
    return path


def write_repeated_mbox(path: Path, *, megabytes: float) -> int:
    """An mbox of about that size out of the demo mails, again and again with other ids, companies and text.

    Each has an attachment of about 30 kB, as real mail on average. Returns how many messages it holds.
    """
    count, size = 0, 0
    with path.open("wb") as file:
        for mail in _repeated():
            block = make_mbox([mail])
            file.write(block)
            count, size = count + 1, size + len(block)
            if size >= megabytes * 1_000_000:
                break
    return count


def _repeated() -> Iterator[bytes]:
    dice = random.Random(7)
    names = {a.company.split()[0] for a in builder.expected_applications()}
    long_names = sorted((n for n in names if len(n) >= 4 and n.isalpha()), key=len, reverse=True)
    companies = re.compile("|".join(long_names).encode(), re.IGNORECASE)
    mails = demo_mails()
    for turn in itertools.count():
        suffix = "".join("bdfgklmnpr"[int(digit)] + "o" for digit in f"{turn:03}").encode()
        for mail in mails:
            renamed = companies.sub(lambda found, suffix=suffix: found[0] + suffix, mail)  # type: ignore[misc]
            yield _with_attachment(_MESSAGE_ID.sub(rb"<\1.t%d@\2>" % turn, renamed), dice)


def _with_attachment(mail: bytes, dice: random.Random) -> bytes:
    """The mail as first part of another, with random bytes beside it."""
    head, _, body = mail.partition(b"\r\n\r\n")
    fields = re.split(rb"\r\n(?![ \t])", head)
    inner = [f for f in fields if f.lower().startswith(b"content-")]
    outer = [f for f in fields if not f.lower().startswith((b"content-", b"mime-version"))]
    edge = b"=_outer_%x" % dice.getrandbits(64)
    data = base64.encodebytes(dice.randbytes(dice.randrange(5_000, 40_000))).replace(b"\n", b"\r\n")
    lines = [
        *outer,
        b"MIME-Version: 1.0",
        b'Content-Type: multipart/mixed; boundary="%s"' % edge,
        b"",
        b"--" + edge,
        *inner,
        b"",
        body,
        b"--" + edge,
        b"Content-Type: application/pdf",
        b"Content-Transfer-Encoding: base64",
        b'Content-Disposition: attachment; filename="paper.pdf"',
        b"",
        data + b"--" + edge + b"--",
        b"",
    ]
    return b"\r\n".join(lines)


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
