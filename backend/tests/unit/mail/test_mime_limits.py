"""Parsing costs little, whatever it is given, and never fails."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.demo.mailbox.builder import build, expected
from app.mail.mime import parse
from app.mail.values import HTML_LIMIT, TEXT_LIMIT
from tests.factories.mails import make_mail, make_raw
from tests.unit.mail.checks import check_whole


def test_limits() -> None:
    long = parse(make_raw(b"word " * 100_000))
    assert TEXT_LIMIT - 10 < len(long.text) <= TEXT_LIMIT
    assert "text_cut" in long.warnings
    big = parse(make_mail(None, html="<p>" + "word " * (HTML_LIMIT // 5) + "</p>"))
    assert big.html is None
    assert "html_too_large" in big.warnings
    assert big.text.startswith("word word")


def test_huge_message_keeps_text_and_sizes() -> None:
    raw = make_mail("Please find the plan.", attachments=[("plan.pdf", b"\x07" * 3_000_000)])
    mail = parse(raw)
    assert mail.text == "Please find the plan."
    assert mail.size == len(raw)
    assert 2_900_000 < mail.attachments[0].size < 3_100_000
    assert "parts_dropped" in mail.warnings


def nested(count: int, kind: str) -> bytes:
    parts = b"".join(
        b"Content-Type: %s; boundary=b%d\n\n--b%d\n" % (kind.encode(), level, level) for level in range(count)
    )
    return b"From: a@example.com\nSubject: Deep\n" + parts + b"Content-Type: text/plain\n\nhello\n"


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda: nested(10_000, "multipart/mixed"), id="nested"),
        pytest.param(lambda: nested(10_000, "multipart/digest"), id="digests"),
        pytest.param(lambda: b"Content-Type: message/rfc822\n\n" * 10_000, id="messages"),
        pytest.param(
            lambda: b"Content-Type: multipart/mixed; boundary=x\n\n" + b"--x\n\nhello\n" * 10_000,
            id="many-parts",
        ),
        pytest.param(lambda: make_raw(b"<div>" * 100_000, "Content-Type: text/html"), id="deep-html"),
        pytest.param(lambda: make_raw(b" " * 400_000 + b"x" + b" \n" * 100_000), id="spaces"),
        pytest.param(lambda: b"Subject: " + b"=?utf-8?q?" * 20_000 + b"\n\n", id="encoded-words"),
        pytest.param(lambda: b"From: " + b"a," * 50_000 + b"\n\n", id="addresses"),
    ],
)
def test_bombs_cost_less_than_a_second(make: Callable[[], bytes]) -> None:
    raw = make()
    began = process_time()
    check_whole(parse(raw))
    assert process_time() - began < 1.0


def test_depth_that_real_mail_has_is_read() -> None:
    assert parse(nested(10, "multipart/mixed")).text == "hello"


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=2_000))
def test_any_bytes_give_a_mail(raw: bytes) -> None:
    check_whole(parse(raw))


PIECES = st.sampled_from(
    [
        b"Content-Type: multipart/mixed; boundary=x\r\n",
        b'Content-Type: multipart/alternative; boundary="y"\n',
        b"Content-Type: text/html; charset=utf-7\r\n",
        b"Content-Type: message/rfc822\n",
        b"\r\n",
        b"\n\n",
        b"--x\r\n",
        b"--x--\n",
        b"--y\n",
        b"Content-Transfer-Encoding: base64\r\n",
        b"Content-Transfer-Encoding: x-uuencode\n",
        b"Content-Disposition: attachment; filename*=utf-8''%ff%00.ics\r\n",
        b"begin 644 a\n#0V%T\n",
        b"R3LDvMOfZQ==\n",
        b"Subject: =?utf-8?b?R3LDv?=\r\n",
        b"From: =?x?q?=00?= <a@b>\r\n",
        b"Date: Mon, 99 Foo 2026\r\n",
        b"<p>Gr\xfc\xdfe",
        b"Content-Type: text/plain; charset*=utf-8'x'%ff; format=flowed\n",
        b"\x00\xff\xfe",
        b"References: <a@b> <c@\n",
        b"Content-Type: text/calendar\n",
        b"Content-Type: multipart/digest; boundary=x\n",
        b"+2AA-",
        b"\r",
        b": \n",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=25))
def test_any_pieces_give_a_mail(pieces: list[bytes]) -> None:
    mail = parse(b"".join(pieces))
    check_whole(mail)
    assert "bad_structure" not in mail.warnings


def test_demo_mailbox_is_read_cleanly_and_fast() -> None:
    raws = build(date(2026, 3, 2))
    began = process_time()
    mails = [parse(raw) for raw in raws]
    spent = process_time() - began
    assert [mail.rfc822_message_id for mail in mails] == [mail.message_id for mail in expected()]
    assert all(mail.text and mail.date and mail.subject and not mail.warnings for mail in mails)
    for mail in mails:
        check_whole(mail)
    assert spent / len(mails) < 0.003  # 0.5 ms on an idle machine


def test_one_line_html_of_200_kb_is_fast() -> None:
    row = "<p>Paragraph with <b>words</b> and a <a href='https://larkspur.example/{}'>link</a></p>"
    html = "".join(row.format(number) for number in range(2_300))
    began = process_time()
    mail = parse(make_raw(html.encode(), "Content-Type: text/html"))
    assert process_time() - began < 0.15  # 35 ms on an idle machine
    assert mail.text.count("Paragraph") == 2_300
