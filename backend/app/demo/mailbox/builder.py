"""The demo mailbox as messages, and what a perfect reader would say about them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr, parseaddr
from functools import cache
from html import escape
from inspect import cleandoc
from zlib import crc32

from app.demo.mailbox.contents import APPLICATIONS, MAILS
from app.demo.mailbox.dates import fill_words, moment
from app.demo.mailbox.invites import write_calendar
from app.demo.mailbox.markup import quote_html, quote_text, write_html, write_inner, write_text
from app.demo.mailbox.notation import ExpectedApplication, ExpectedMail, Mail

# The order does not depend on the day of loading (a test looks at every weekday): any Monday will do.
_SOME_DAY = date(2025, 3, 3)
_OWN_HOST = "mail.jobtrail.example"
_AUTOMATIC = re.compile(
    r"^(no-?reply|jobs-noreply|jobalerts-noreply|notifications?|indeedapply|alert)\b|autoreply@",
    re.IGNORECASE,
)
# The smallest one-page document that readers open.
_PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n"
    b"xref\n0 4\n0000000000 65535 f \n0000000009 00000 n \n0000000054 00000 n \n0000000105 00000 n \n"
    b"trailer<</Size 4/Root 1 0 R>>\nstartxref\n166\n%%EOF\n"
)


def build(
    today: date, owner_name: str = "Alex Sample", owner_email: str = "alex@jobtrail.example"
) -> list[bytes]:
    """The whole mailbox as RFC 822 messages with CRLF lines, oldest first.

    The same arguments give the same bytes. All mail is dated before `today` began (UTC); appointments and
    deadlines in it may lie after. Message-IDs are the same on every day.
    """
    loading = _Loading(today, owner_name, owner_email)
    return [_write(loading, mail) for mail in _ordered()]


def expected() -> tuple[ExpectedMail, ...]:
    """The right reading of each message, in the order of `build`."""
    groups = {application.key for application in APPLICATIONS}
    return tuple(
        ExpectedMail(
            message_id=message_id(mail),
            direction="out" if mail.own else "in",
            email_class=mail.says,
            application=mail.group if mail.group in groups else None,
        )
        for mail in _ordered()
    )


def expected_applications() -> tuple[ExpectedApplication, ...]:
    """The applications that the mailbox tells of, and where each stands in the end."""
    return tuple(
        ExpectedApplication(
            key=application.key,
            company=application.company,
            title=application.title,
            stage=application.stage,
            own_mail_says=application.own_mail_says,
        )
        for application in APPLICATIONS
    )


def message_id(mail: Mail) -> str:
    """The Message-ID of a mail, with its angle brackets; the same whatever the day or the owner."""
    host = _OWN_HOST if mail.own else parseaddr(mail.sender)[1].rpartition("@")[2]
    return f"<{crc32(mail.key.encode()):08x}.{mail.key.replace('/', '.')}@{host}>"


@cache
def _ordered() -> tuple[Mail, ...]:
    return tuple(
        sorted(MAILS, key=lambda mail: (moment(_SOME_DAY, -mail.day, mail.time, mail.zone), mail.key))
    )


@cache
def _by_key() -> dict[str, Mail]:
    return {mail.key: mail for mail in MAILS}


@dataclass(frozen=True, slots=True)
class _Loading:
    """One loading of the mailbox: on which day, for whom."""

    today: date
    owner_name: str
    owner_email: str


def _write(loading: _Loading, mail: Mail) -> bytes:
    body = _write_body(loading, mail)
    for number, part in enumerate(part for part in body.walk() if part.is_multipart()):
        part.set_boundary(f"=_{crc32(mail.key.encode()):08x}_{number}")
    return "\r\n".join(_write_head(loading, mail)).encode("ascii") + b"\r\n" + body.as_bytes(policy=SMTP)


def _fill(loading: _Loading, text: str) -> str:
    return fill_words(cleandoc(text), loading.today, loading.owner_name, loading.owner_email)


def _sent_at(loading: _Loading, mail: Mail) -> datetime:
    return moment(loading.today, -mail.day, mail.time, mail.zone)


def _sender(loading: _Loading, mail: Mail) -> tuple[str, str]:
    return (loading.owner_name, loading.owner_email) if mail.own else parseaddr(mail.sender)


def _receiver(loading: _Loading, mail: Mail) -> tuple[str, str]:
    if not mail.own:
        return loading.owner_name, loading.owner_email
    return _sender(loading, _by_key()[mail.reply_to])


def _write_head(loading: _Loading, mail: Mail) -> list[str]:
    sender = _sender(loading, mail)
    head = [
        f"Message-ID: {message_id(mail)}",
        f"Date: {format_datetime(_sent_at(loading, mail))}",
        f"From: {formataddr(sender, _charset_for(sender[0], mail))}",
        f"To: {formataddr(_receiver(loading, mail))}",
        f"Subject: {_encode_words(_fill(loading, mail.subject), mail)}",
    ]
    if mail.reply_to:
        earlier = _ancestors(mail)
        head += [f"In-Reply-To: {earlier[-1]}", "References: " + "\r\n ".join(earlier)]
    if mail.bulk:
        host = sender[1].rpartition("@")[2]
        head += [
            f"List-Unsubscribe: <https://mail.{host.removesuffix('.example')}.example/leave>",
            f"List-Id: <{mail.group}.{host}>",
            "Precedence: bulk",
        ]
    elif _AUTOMATIC.search(sender[1]):
        head.append("Auto-Submitted: auto-generated")
    return head


def _write_body(loading: _Loading, mail: Mail) -> EmailMessage:
    text, html = _write_texts(loading, mail)
    body = EmailMessage(policy=SMTP)
    if mail.shape == "html":
        body.set_content(
            html, subtype="html", charset=_charset_for(html, mail), cte=_transfer_for(html, mail)
        )
    else:
        body.set_content(text, charset=_charset_for(text, mail), cte=_transfer_for(text, mail))
        if mail.shape == "both":
            body.add_alternative(html, subtype="html", charset="utf-8", cte="quoted-printable")
    if mail.invite is not None:
        owner = loading.owner_name, loading.owner_email
        sent = _sent_at(loading, mail)
        invite = replace(mail.invite, summary=_fill(loading, mail.invite.summary))
        calendar = write_calendar(invite, loading.today, sent, _sender(loading, mail), owner)
        method = mail.invite.method
        body.add_alternative(calendar, subtype="calendar", cte="quoted-printable", params={"method": method})
    for name in mail.attach:
        body.add_attachment(_PDF, maintype="application", subtype="pdf", filename=name)
    return body


def _write_texts(loading: _Loading, mail: Mail) -> tuple[str, str]:
    """The text and the HTML of a mail; the HTML is empty when none is sent."""
    source = _fill(loading, mail.text)
    text = write_text(source, wrapped=mail.shape == "plain" and mail.transfer != "quoted-printable")
    html = ""
    if mail.shape != "plain":
        html = write_html(mail, source, _sender(loading, mail)[0])
        html = html.replace("{name}", escape(loading.owner_name))
    if mail.shape == "both" and mail.footer:
        text += f"\n\n{mail.footer}"
    if mail.quote:
        earlier = _by_key()[mail.reply_to]
        heading = _write_heading(loading, mail, earlier)
        quoted = _write_texts(loading, earlier)[0].rstrip("\n")
        text += (
            f"\n\n{heading}\n\n{quoted}"
            if mail.quote == "outlook"
            else f"\n\n{heading}\n{quote_text(quoted)}"
        )
        if html:
            html += quote_html(heading, write_inner(quoted))
    return f"{text}\n", html


def _write_heading(loading: _Loading, mail: Mail, earlier: Mail) -> str:
    """The line or block that mail programs put above a quoted mail."""
    (name, address), sent = _sender(loading, earlier), _sent_at(loading, earlier)
    if mail.quote == "german":
        return f"Am {sent:%d.%m.%Y} um {sent:%H:%M} schrieb {name} <{address}>:"
    if mail.quote == "gmail":
        return f"On {sent:%a, %d %b %Y} at {sent:%H:%M}, {name} <{address}> wrote:"
    to, subject = _receiver(loading, earlier)[0], _fill(loading, earlier.subject)
    rule = "_" * 32
    return f"{rule}\nFrom: {name} <{address}>\nSent: {sent:%d %B %Y %H:%M}\nTo: {to}\nSubject: {subject}"


def _ancestors(mail: Mail) -> list[str]:
    """The Message-IDs of the mails that this one answers, oldest first."""
    found: list[str] = []
    while mail.reply_to:
        mail = _by_key()[mail.reply_to]
        found.insert(0, message_id(mail))
    return found


def _charset_for(text: str, mail: Mail) -> str:
    """The mail's charset; UTF-8 when an owner's name does not fit into it."""
    try:
        text.encode(mail.charset)
    except UnicodeEncodeError:
        return "utf-8"
    return mail.charset


def _transfer_for(text: str, mail: Mail) -> str:
    return "quoted-printable" if mail.transfer == "7bit" and not text.isascii() else mail.transfer


def _encode_words(text: str, mail: Mail) -> str:
    """A header value, in encoded words (RFC 2047) where it is not ASCII."""
    if text.isascii():
        return text
    return Header(text, _charset_for(text, mail), maxlinelen=70, header_name="Subject").encode(linesep="\r\n")
