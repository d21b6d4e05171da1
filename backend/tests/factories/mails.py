"""Mail as bytes, for tests: single messages, mailboxes and archives."""

from __future__ import annotations

import io
import tarfile
import zipfile
from base64 import b64encode
from collections.abc import Mapping, Sequence
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

ENVELOPE = b"From someone@example.com Mon Mar  2 09:00:00 2026\n"


def make_mail(
    text: str | None = "Thank you for your application.",
    *,
    html: str | None = None,
    subject: str = "Your application",
    sender: str = "Larkspur Jobs <jobs@larkspur.example>",
    to: str = "Alex Sample <alex@jobtrail.example>",
    date: str | None = "Mon, 02 Mar 2026 09:00:00 +0100",
    message_id: str | None = "<one@larkspur.example>",
    headers: Mapping[str, str] | None = None,
    calendar: str | None = None,
    attachments: Sequence[tuple[str, bytes]] = (),
) -> bytes:
    """One well-formed message with CRLF lines; None leaves a part or header out."""
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"], mail["Subject"] = sender, to, subject
    if date is not None:
        mail["Date"] = date
    if message_id is not None:
        mail["Message-ID"] = message_id
    for name, value in (headers or {}).items():
        mail[name] = value
    if text is not None:
        mail.set_content(text)
    if html is not None and text is not None:
        mail.add_alternative(html, subtype="html")
    elif html is not None:
        mail.set_content(html, subtype="html")
    if calendar is not None:
        mail.add_alternative(calendar.encode(), maintype="text", subtype="calendar")
    for name, content in attachments:
        mail.add_attachment(content, maintype="application", subtype="pdf", filename=name)
    return bytes(mail)


def make_raw(body: bytes, *headers: str) -> bytes:
    """A message with exactly these header lines after From and Date, and exactly this body."""
    lines = ["From: jobs@larkspur.example", "Date: Mon, 02 Mar 2026 08:00:00 +0000", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def make_mbox(mails: Sequence[bytes], *, envelopes: Sequence[bytes] = (), crlf: bool = False) -> bytes:
    """An mbox (mboxrd quoting, a blank line after each message); `envelopes` replace the usual line."""
    out = bytearray()
    for number, mail in enumerate(mails):
        out += envelopes[number] if number < len(envelopes) else ENVELOPE
        for line in mail.replace(b"\r\n", b"\n").rstrip(b"\n").split(b"\n"):
            out += b">" + line if line.lstrip(b">").startswith(b"From ") else line
            out += b"\n"
        out += b"\n"
    return bytes(out).replace(b"\n", b"\r\n") if crlf else bytes(out)


def make_numbered(count: int, *, size: int = 200) -> list[bytes]:
    """Different messages, Message-IDs `<n0@...>` on, each with about `size` bytes of text."""
    return [
        make_mail(
            f"Message number {number}. " + "Thank you for your application. " * (size // 32),
            subject=f"Mail {number}",
            message_id=f"<n{number}@larkspur.example>",
        )
        for number in range(count)
    ]


def make_zip(members: Mapping[str, bytes]) -> bytes:
    """A deflated zip of these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, content in members.items():
            bundle.writestr(name, content)
    return out.getvalue()


def make_tgz(members: Mapping[str, bytes]) -> bytes:
    """A gzipped tar of these files."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as bundle:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            bundle.addfile(info, io.BytesIO(content))
    return out.getvalue()


def write_big_mbox(path: Path, *, megabytes: int) -> None:
    """An mbox of three messages; the second has an attachment of `megabytes` MB, text around it."""
    first, last = make_numbered(2)
    line = b64encode(b"\x07" * 57) + b"\n"
    with path.open("wb") as file:
        file.write(make_mbox([first]))
        file.write(ENVELOPE)
        file.write(
            b"From: jobs@larkspur.example\nSubject: Big\nMessage-ID: <big@larkspur.example>\n"
            b"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=edge\n\n"
            b"--edge\nContent-Type: text/plain\n\nWe would like to invite you.\n"
            b'--edge\nContent-Type: application/pdf; name="plan.pdf"\nContent-Transfer-Encoding: base64\n'
            b'Content-Disposition: attachment; filename="plan.pdf"\n\n'
        )
        for _ in range(megabytes * 1_000_000 // len(line) // 100):
            file.write(line * 100)
        file.write(b"--edge\nContent-Type: text/plain\n\nKind regards\n--edge--\n\n")
        file.write(make_mbox([last]))
