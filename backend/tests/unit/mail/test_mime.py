"""Parsing: any bytes give a mail, and good bytes give the right one."""

from __future__ import annotations

import base64
from datetime import UTC, datetime

import pytest

from app.mail.mime import parse
from tests.factories.mails import make_mail, make_raw
from tests.unit.mail.checks import check_whole

UMLAUTS = "Grüße aus Köln: wir haben Ihre Bewerbung erhalten."
WELCOME = " ".join(["Welcome to the team."] * 8)
JAPANESE = "ご応募ありがとうございます。"
CHINESE = "感谢您的申请"
INVITE = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1@larkspur.example\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"


def test_plain_mail() -> None:
    mail = parse(
        make_mail(
            "Dear Alex,\nthank you: see https://jobs.larkspur.example/1.\n",
            headers={
                "In-Reply-To": "<zero@jobtrail.example>",
                "References": "<root@jobtrail.example> <zero@jobtrail.example>",
                "List-Unsubscribe": "<https://larkspur.example/u>",
                "Precedence": "bulk",
                "Cc": "HR <HR@Larkspur.Example>",
            },
        )
    )
    check_whole(mail)
    assert mail.text == "Dear Alex,\nthank you: see https://jobs.larkspur.example/1."
    assert mail.links == ("https://jobs.larkspur.example/1",)
    assert (mail.sender_name, mail.sender_email) == ("Larkspur Jobs", "jobs@larkspur.example")
    assert mail.recipients == ("alex@jobtrail.example", "hr@larkspur.example")
    assert mail.date == datetime(2026, 3, 2, 8, tzinfo=UTC)
    assert mail.rfc822_message_id == "<one@larkspur.example>"
    assert mail.in_reply_to == "<zero@jobtrail.example>"
    assert mail.references == ("<root@jobtrail.example>", "<zero@jobtrail.example>")
    assert mail.headers["list_unsubscribe"] is True
    assert mail.headers["precedence"] == "bulk"
    assert mail.headers["auto_submitted"] is None
    assert mail.warnings == ()


@pytest.mark.parametrize(
    ("body", "headers", "text"),
    [
        pytest.param(
            UMLAUTS.encode("latin-1"), ["Content-Type: text/plain; charset=ISO-8859-1"], UMLAUTS, id="latin-1"
        ),
        pytest.param(
            JAPANESE.encode("iso-2022-jp"),
            ["Content-Type: text/plain; charset=iso-2022-jp"],
            JAPANESE,
            id="jp",
        ),
        pytest.param(
            CHINESE.encode("gb2312"), ["Content-Type: text/plain; charset=gb2312"], CHINESE, id="gb2312"
        ),
        pytest.param(
            UMLAUTS.encode(), ["Content-Type: text/plain; charset=x-unknown"], UMLAUTS, id="unknown"
        ),
        pytest.param(
            UMLAUTS.encode(), ["Content-Type: text/plain; charset=iso-8859-1"], UMLAUTS, id="lying-latin"
        ),
        pytest.param(
            UMLAUTS.encode("latin-1"), ["Content-Type: text/plain; charset=utf-8"], UMLAUTS, id="lying-utf8"
        ),
        pytest.param(
            b"Caf\xe9 \xc3\xbc",
            ["Content-Type: text/plain; charset=utf-8"],
            "Caf\ufffd ü",
            id="half-broken-utf8",
        ),
        pytest.param(UMLAUTS.encode("latin-1"), [], UMLAUTS, id="no-charset"),
        pytest.param(
            b"Hi +AOQ- there", ["Content-Type: text/plain; charset=utf-7"], "Hi ä there", id="utf-7"
        ),
        pytest.param(
            b"+2AA- x", ["Content-Type: text/plain; charset=utf-7"], "\ufffd x", id="utf-7-surrogate"
        ),
        pytest.param(
            b"a\\u0041", ["Content-Type: text/plain; charset=unicode_escape"], "a\\u0041", id="escape"
        ),
        pytest.param(b"plain", ["Content-Type: text/plain; charset=base64"], "plain", id="codec-not-charset"),
        pytest.param(
            b"Gr=FC=DFe =\r\nso=zz",
            ["Content-Transfer-Encoding: quoted-printable"],
            "Grüße so=zz",
            id="bad-qp",
        ),
        pytest.param(
            base64.b64encode(UMLAUTS.encode())[:-3] + b"!*",
            ["Content-Transfer-Encoding: base64", "Content-Type: text/plain; charset=utf-8"],
            UMLAUTS[:-2],
            id="cut-base64",
        ),
        pytest.param(
            b"This was never base64, was it? No!",
            ["Content-Transfer-Encoding: base64"],
            "This was never base64, was it? No!",
            id="no-base64",
        ),
        pytest.param(
            b"one two \r\nthree\r\n> a \r\n> b\r\n-- \r\nAlex",
            ["Content-Type: text/plain; format=flowed"],
            "one two three\n> a b\n--\nAlex",
            id="flowed",
        ),
        pytest.param(
            b"a\xc2\xa0b\xe2\x80\x8bc \r\n\r\n\r\n\r\n\r\ne\xcc\x81",
            ["Content-Type: text/plain; charset=utf-8"],
            "a bc\n\n\né",
            id="canonical",
        ),
        pytest.param(b"<html><body><p>Hi</p></body></html>", [], "Hi", id="html-labelled-plain"),
        pytest.param(
            b"--x\r\n\r\nstill text", ["Content-Type: multipart/mixed"], "--x\n\nstill text", id="no-boundary"
        ),
        pytest.param(
            b"no part at all",
            ["Content-Type: multipart/mixed; boundary=x"],
            "no part at all",
            id="boundary-unused",
        ),
        pytest.param(
            b"--x\r\n\r\nfirst\r\n--x\r\n\r\nsecond",
            ["Content-Type: multipart/mixed; boundary=x"],
            "first\n\nsecond",
            id="boundary-not-closed",
        ),
        pytest.param(b"", ["Content-Type: text/plain"], "", id="empty"),
        pytest.param(
            b"Hi", ["Content-Type: a/b/c; ;;=", "Content-Transfer-Encoding: ????"], "Hi", id="nonsense"
        ),
    ],
)
def test_text_of_nasty_mail(body: bytes, headers: list[str], text: str) -> None:
    mail = parse(make_raw(body, *headers))
    check_whole(mail)
    assert mail.text == text


@pytest.mark.parametrize(
    ("value", "subject"),
    [
        ("=?utf-8?B?R3LDvMOfZQ==?=", "Grüße"),
        ("=?iso-8859-1?Q?Gr=FC=DFe_aus?= =?iso-8859-1?Q?_K=F6ln?=", "Grüße aus Köln"),
        ("=?utf-8?Q?Gr=C3?= =?utf-8?Q?=BC=C3=9Fe?=", "Grüße"),
        ("=?utf-8?B?R3LDvM?= tail", "Grü tail"),
        ("=?x-unknown?Q?caf=E9?=", "café"),
        ("Re: =?utf-8*de?Q?Gr=C3=BC=C3=9Fe?= (2)", "Re: Grüße (2)"),
        ("=?utf-8?X?nothing?=", "=?utf-8?X?nothing?="),
        ("=?utf-8?Q?a=0D=0ABcc:_x?=", "a Bcc: x"),
        ("folded\r\n subject", "folded subject"),
        ("=?iso-2022-jp?B?GyRCJDQxfkpnGyhC?=", "ご応募"),
    ],
)
def test_subject(value: str, subject: str) -> None:
    assert parse(make_raw(b"x", f"Subject: {value}")).subject == subject


def test_raw_bytes_in_headers() -> None:
    mail = parse("From: Käthe <k@example.com>\nSubject: Grüße\n\nx".encode("latin-1"))
    assert (mail.sender_name, mail.subject) == ("Käthe", "Grüße")
    assert parse("From: Käthe <k@example.com>\nSubject: Grüße\n\nx".encode()).subject == "Grüße"


@pytest.mark.parametrize(
    ("line", "name", "address"),
    [
        ('"Sample, Alex" <Alex@Example.COM>', "Sample, Alex", "alex@example.com"),
        ("=?utf-8?Q?M=C3=BCller=2C_HR?= <hr@example.com>", "Müller, HR", "hr@example.com"),
        ("hr@example.com", "", "hr@example.com"),
        ("Larkspur: Jobs <jobs@example.com>", "", "jobs@example.com"),
        ("no address", "no address", ""),
        ("(" * 5000, "(" * 200, ""),
        ("<<hr@example.com>>", "", "hr@example.com"),
    ],
)
def test_sender(line: str, name: str, address: str) -> None:
    mail = parse(f"From: {line}\n\nx".encode())
    assert mail.sender_email == address
    if name:
        assert mail.sender_name == name


def test_missing_headers() -> None:
    arrived = datetime(2026, 3, 2, 9, tzinfo=UTC)
    mail = parse(b"\r\nJust text", internal_date=arrived)
    check_whole(mail)
    assert (mail.text, mail.subject, mail.sender_email, mail.date) == ("Just text", "", "", arrived)
    assert mail.warnings == ("no_date", "no_sender")
    assert parse(b"").date is None
    received = b"Received: from a by b; Tue, 03 Mar 2026 10:00:00 +0100\nDate: soon\n\nx"
    assert parse(received, internal_date=arrived).date == datetime(2026, 3, 3, 9, tzinfo=UTC)
    assert parse(b"Date: Mon, 02 Mar 1926 09:00:00 +0000\n\nx").date is None
    assert parse(b"Date: Mon, 02 Mar 2026 09:00:00 -0000\n\nx").date == arrived


@pytest.mark.parametrize(
    ("plain", "html", "text"),
    [
        ("A real text that says it all.", "<p>A rich text</p>", "A real text that says it all."),
        ("", "<p>Only here</p>", "Only here"),
        (" \n", "<p>Only here</p>", "Only here"),
        ("Please view this e-mail in HTML.", f"<p>{WELCOME}</p>", WELCOME),
        ("Hi!", f"<p>{WELCOME}</p>", WELCOME),
    ],
)
def test_alternatives(plain: str, html: str, text: str) -> None:
    mail = parse(make_mail(plain, html=html))
    assert mail.text == text
    assert mail.html is not None


def test_html_becomes_text() -> None:
    html = (
        "<html><head><title>No</title><style>p{}</style></head><body>"
        "<div style='display:none; max-height:0'>preheader</div>"
        "<p>Dear&nbsp;Alex,</p><p>your <b>application</b><br>arrived.</p>"
        "<ul><li>first<li>second</ul><ol><li>one</li></ol>"
        "<table><tr><td>Role</td><td><a href='https://larkspur.example/r?a=1&amp;b=2'>Engineer</a></td></tr></table>"
        "<script>no()</script><blockquote type=cite><p>old</p>older</blockquote>Bye"
        "<img alt='logo' src='https://larkspur.example/l.png'></body></html>"
    )
    mail = parse(make_mail(None, html=html))
    check_whole(mail)
    assert mail.text == (
        "Dear Alex,\n\nyour application\narrived.\n\n- first\n- second\n\n1. one\n\nRole  Engineer\n\n"
        "> old\n>\n> older\n\nBye"
    )
    assert mail.links == ("https://larkspur.example/r?a=1&b=2",)
    assert parse(make_mail(None, html="<img alt='You are invited to an interview'>")).text == (
        "You are invited to an interview"
    )


def test_links_of_the_html_beside_a_good_text() -> None:
    text = "We received your application and will be in touch with you very soon. " * 8
    mail = parse(make_mail(text, html=f"<p>{text}</p><a href='https://larkspur.example/a?x=1&amp;y=2'>a</a>"))
    assert mail.links == ("https://larkspur.example/a?x=1&y=2",)
    assert mail.text.startswith("We received")


def test_calendar_and_attachments() -> None:
    mail = parse(make_mail(calendar=INVITE, attachments=[("Plan für Alex.pdf", b"x" * 5700)]))
    check_whole(mail)
    assert mail.has_calendar
    assert mail.calendar is not None
    assert "UID:1@larkspur.example" in mail.calendar
    assert [(a.name, a.type) for a in mail.attachments] == [("Plan für Alex.pdf", "application/pdf")]
    assert 5600 <= mail.attachments[0].size <= 5800
    assert mail.text == "Thank you for your application."


def test_forwarded_message() -> None:
    inner = make_mail(
        "We must decline.", subject="=?utf-8?Q?Ihre_Bewerbung?=", html="<p>We must decline.</p>"
    )
    outer = make_raw(
        b"--x\r\n\r\nSee below.\r\n--x\r\nContent-Type: message/rfc822\r\n\r\n" + inner + b"\r\n--x--\r\n",
        "Content-Type: multipart/mixed; boundary=x",
    )
    mail = parse(outer)
    check_whole(mail)
    assert mail.text == (
        "See below.\n\n---------- Forwarded message ---------\nFrom: Larkspur Jobs <jobs@larkspur.example>\n"
        "Date: Mon, 02 Mar 2026 09:00:00 +0100\nSubject: Ihre Bewerbung\n"
        "To: Alex Sample <alex@jobtrail.example>\n\n"
        "We must decline."
    )
    assert mail.html is None
