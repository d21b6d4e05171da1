"""Mails of every build: charsets, encodings, alternatives, attachments, calendars, mails in mails. All invented."""

from __future__ import annotations

import base64
import quopri
from collections.abc import Iterator
from dataclasses import dataclass

from tests.fakes.google_mailbox import Mailbox

_ICS = (
    "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:{uid}@otterbank.example\r\n"
    "DTSTART:20260302T090000Z\r\nSUMMARY:Interview Otterbank\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)
_HTML = (
    "<html><body><p>Dear Ana,</p><p>thank you for applying to <b>Otterbank</b>. "
    '<a href="https://jobs.otterbank.example/status">See your status</a></p></body></html>\r\n'
)


@dataclass(frozen=True, slots=True)
class Varied:
    """One mail; `needs_raw` says that its parsed form does not tell enough."""

    name: str
    raw: bytes
    needs_raw: bool = False


def varied_mails() -> list[Varied]:
    """Each kind once, with Message-IDs of their own."""
    return [*_texts(), *_multiparts(), *_strange()]


def fill_with_varied(box: Mailbox, threads: int, *, at: float = 1_770_000_000) -> list[str]:
    """So many threads, one holding every kind of mail, a minute apart; returns all ids, oldest first."""
    made = []
    for number in range(threads):
        thread = None
        for step, mail in enumerate(varied_mails()):
            raw = mail.raw.replace(b"@varied.example>", b".%d@varied.example>" % number)
            found = box.add(raw, thread=thread, at=at + 60 * (number * 100 + step))
            thread = thread or found
            made.append(found)
    return made


def _mail(name: str, content: str, body: bytes, more: str = "", subject: str = "") -> bytes:
    head = (
        f"Return-Path: <kim@otterbank.example>\r\nFrom: Kim Nobody <kim@otterbank.example>\r\n"
        f"To: Ana Testperson <ana.testperson@example.com>\r\nSubject: {subject or f'Mail of kind {name}'}\r\n"
        f"Date: Mon, 02 Mar 2026 09:00:00 +0100\r\nMessage-ID: <{name}@varied.example>\r\n{more}"
        f"MIME-Version: 1.0\r\n{content}\r\n"
    )
    return head.encode() + body


def _texts() -> Iterator[Varied]:
    plain = "Content-Type: text/plain; charset={}\r\nContent-Transfer-Encoding: {}\r\n"
    text = "Guten Tag Ana,\r\n\r\nvielen Dank für Ihre Bewerbung als Köchin.\r\n\r\nGrüße\r\nKim\r\n"
    yield Varied("ascii", _mail("ascii", plain.format("us-ascii", "7bit"), b"Hi Ana,\r\n\r\nsee you.\r\n"))
    yield Varied("utf8", _mail("utf8", plain.format("utf-8", "8bit"), text.encode()))
    latin = text.encode("latin-1")
    yield Varied("latin1", _mail("latin1", plain.format("ISO-8859-1", "8bit"), latin))
    coded = quopri.encodestring(latin).replace(b"\n", b"\r\n").replace(b"\r\r\n", b"\r\n")
    yield Varied("quoted", _mail("quoted", plain.format('"iso-8859-1"', "quoted-printable"), coded))
    in_base64 = base64.encodebytes(text.encode("cp1252")).replace(b"\n", b"\r\n")
    yield Varied("base64", _mail("base64", plain.format("windows-1252", "base64"), in_base64))
    japanese = "面接のご案内です。\r\n".encode("iso-2022-jp")
    yield Varied("japanese", _mail("japanese", plain.format("iso-2022-jp", "7bit"), japanese))
    flowed = "Content-Type: text/plain; charset=utf-8; format=flowed; delsp=yes\r\n"
    yield Varied(
        "flowed", _mail("flowed", flowed, b"A line that is \r\nflowed on.\r\n> quoted \r\n> text\r\n")
    )
    html = "Content-Type: text/html; charset=utf-8\r\n"
    yield Varied("html", _mail("html", html, _HTML.encode()))
    yield Varied(
        "no-mime", b"From: a@x.example\r\nSubject: old\r\nMessage-ID: <o@x.example>\r\n\r\nPlain.\r\n"
    )


def _multiparts() -> Iterator[Varied]:
    alternative = (
        "--alt\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nDear Ana, thank you for applying to Otterbank."
        f"\r\n--alt\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{_HTML}\r\n--alt--\r\n"
    )
    yield Varied("alternative", _multipart("alternative", "multipart/alternative", "alt", alternative))
    stub = alternative.replace("Dear Ana, thank you for applying to Otterbank.", "View in your browser", 1)
    yield Varied("stub", _multipart("stub", "multipart/alternative", "alt", stub))
    pdf = base64.encodebytes(b"%PDF-1.4 " + bytes(range(256)) * 40).decode().replace("\n", "\r\n")
    attached = (
        f'--mix\r\nContent-Type: multipart/alternative; boundary="alt"\r\n\r\n{alternative}\r\n'
        "--mix\r\nContent-Type: application/pdf; name=offer.pdf\r\nContent-Transfer-Encoding: base64\r\n"
        f'Content-Disposition: attachment; filename="offer.pdf"\r\n\r\n{pdf}'
        "--mix\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 7bit\r\n"
        'Content-Disposition: attachment; filename="=?utf-8?q?Lebenslauf_K=C3=B6chin=2Etxt?="\r\n\r\n'
        "Not part of what the mail says.\r\n--mix--\r\n"
    )
    yield Varied("attached", _multipart("attached", "multipart/mixed", "mix", attached))
    image = base64.encodebytes(b"\x89PNG" + bytes(600)).decode().replace("\n", "\r\n")
    related = (
        f"--rel\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{_HTML}\r\n"
        "--rel\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\nContent-ID: <logo>\r\n"
        f"\r\n{image}--rel--\r\n"
    )
    yield Varied("related", _multipart("related", "multipart/related", "rel", related))
    invited = alternative.replace(
        "\r\n--alt--",
        "\r\n--alt\r\nContent-Type: text/calendar; charset=utf-8; method=REQUEST\r\n\r\n"
        f"{_ICS.format(uid=1)}\r\n--alt--",
    )
    both = (
        f'--mix\r\nContent-Type: multipart/alternative; boundary="alt"\r\n\r\n{invited}\r\n'
        "--mix\r\nContent-Type: application/ics; name=invite.ics\r\n"
        f'Content-Disposition: attachment; filename="invite.ics"\r\n\r\n{_ICS.format(uid=1)}\r\n--mix--\r\n'
    )
    yield Varied("invited", _multipart("invited", "multipart/mixed", "mix", both))
    only_file = both.replace(invited, alternative)
    yield Varied("ics-file", _multipart("ics-file", "multipart/mixed", "mix", only_file), needs_raw=True)
    inner = _mail("inner", "Content-Type: text/plain; charset=utf-8\r\n", b"The forwarded text.\r\n").decode()
    forwarded = (
        "--mix\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nSee below.\r\n"
        f"--mix\r\nContent-Type: message/rfc822\r\n\r\n{inner}\r\n--mix--\r\n"
    )
    yield Varied("forwarded", _multipart("forwarded", "multipart/mixed", "mix", forwarded), needs_raw=True)


def _multipart(name: str, kind: str, boundary: str, body: str) -> bytes:
    return _mail(name, f'Content-Type: {kind}; boundary="{boundary}"\r\n', body.encode())


def _strange() -> Iterator[Varied]:
    plain = "Content-Type: text/plain; charset=utf-8\r\n"
    encoded = "=?utf-8?q?Einladung_zum_Gespr=C3=A4ch_=E2=80=93_K=C3=B6chin?="
    yield Varied("words", _mail("words", plain, b"Hello.\r\n", subject=encoded))
    people = (
        "Reply-To: =?utf-8?q?Jo_M=C3=BCller?= <jo@otterbank.example>\r\nCc: a@x.example,\r\n Bo <b@x.example>\r\n"
        "In-Reply-To: <utf8@varied.example>\r\nReferences: <ascii@varied.example>\r\n <utf8@varied.example>\r\n"
        "List-Unsubscribe: <https://otterbank.example/out>\r\nPrecedence: bulk\r\n"
    )
    yield Varied("people", _mail("people", plain, b"Hello all.\r\n", people))
    raw8 = _mail("raw8", plain, b"Hello.\r\n").replace(b"Kim Nobody", "Käthe Müßig".encode())
    yield Varied("raw8", raw8)
    unnamed = "Content-Type: text/plain\r\nContent-Transfer-Encoding: 8bit\r\n"
    yield Varied("unnamed", _mail("unnamed", unnamed, "Grüße\r\n".encode("cp1252")), needs_raw=True)
    wrong = "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n"
    yield Varied("wrong", _mail("wrong", wrong, "Grüße aus Köln\r\n".encode("latin-1")), needs_raw=True)
    unknown = "Content-Type: text/plain; charset=x-fantasy\r\nContent-Transfer-Encoding: 8bit\r\n"
    yield Varied("unknown", _mail("unknown", unknown, "Grüße\r\n".encode()), needs_raw=True)
    long_text = "".join(f"Line {n} of a very long mail about many things.\r\n" for n in range(5_000))
    yield Varied("long", _mail("long", plain, long_text.encode()), needs_raw=True)
    yield Varied("empty", _mail("empty", plain, b""))
    cyrillic = "Content-Type: text/plain; charset=koi8-r\r\nContent-Transfer-Encoding: 8bit\r\n"
    yield Varied("cyrillic", _mail("cyrillic", cyrillic, "Спасибо за отклик\r\n".encode("koi8-r")))
