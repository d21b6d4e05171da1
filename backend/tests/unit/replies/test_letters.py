"""Replies as messages: read back by a parser, with headers that nobody can add to."""

from __future__ import annotations

import email
import email.policy
from urllib.parse import parse_qs, urlsplit

import pytest

from app.replies.letters import Letter, is_automatic, mailto, message_of, references_of, reply_subject


def letter(**given: object) -> Letter:
    fields: dict[str, object] = {
        "sender": "ana.testperson@example.com",
        "to": "mara@larkspur.example",
        "subject": "Re: Gärtnerin",
        "text": "Grüße,\nAna\n",
        "message_id": "<jobtrail.abc@example.com>",
    }
    return Letter(**{**fields, **given})  # type: ignore[arg-type]


def test_what_a_parser_reads() -> None:
    raw = message_of(
        letter(
            in_reply_to="<b@larkspur.example>", references=["<a@larkspur.example>", "<b@larkspur.example>"]
        )
    )
    assert b"\n" not in raw.replace(b"\r\n", b"")
    read = email.message_from_bytes(raw, policy=email.policy.default)
    assert (read["From"], read["To"], read["Subject"]) == (
        "ana.testperson@example.com",
        "mara@larkspur.example",
        "Re: Gärtnerin",
    )
    assert read["In-Reply-To"] == "<b@larkspur.example>"
    assert read["References"].split() == ["<a@larkspur.example>", "<b@larkspur.example>"]
    assert read.get_content().splitlines() == ["Grüße,", "Ana"]


def test_a_subject_adds_no_header() -> None:
    raw = message_of(letter(subject="Re: Hello\r\nBcc: everybody@example.org\x00"))
    read = email.message_from_bytes(raw, policy=email.policy.default)
    assert read["Bcc"] is None
    assert read["Subject"] == "Re: Hello Bcc: everybody@example.org"


@pytest.mark.parametrize(
    "to", ["", "nobody", "a@b.example\r\nBcc: c@d.example", "a@b.example, c@d.example", "<a@b.example>"]
)
def test_an_addressee_is_one_address(to: str) -> None:
    with pytest.raises(ValueError, match="address"):
        message_of(letter(to=to))


@pytest.mark.parametrize(
    ("subject", "answered"),
    [
        ("Your application", "Re: Your application"),
        ("RE: Your application", "RE: Your application"),
        ("AW: Ihre Bewerbung", "AW: Ihre Bewerbung"),
        ("Re[2]: talk", "Re[2]: talk"),
        ("two\r\nlines", "Re: two lines"),
        ("", "Re:"),
    ],
)
def test_subjects(subject: str, answered: str) -> None:
    assert reply_subject(subject) == answered


def test_references_keep_the_first_and_the_last() -> None:
    many = [f"<{n}@a.example>" for n in range(50)]
    chain = references_of("<last@a.example>", many, None)
    assert (chain[0], chain[-1], len(chain)) == ("<0@a.example>", "<last@a.example>", 30)
    assert references_of("<b@a.example>", [], "<a@a.example>") == ["<a@a.example>", "<b@a.example>"]
    assert references_of("<b@a.example>", ["broken", "<b@a.example>", "<x y@a.example>"], None) == [
        "<b@a.example>"
    ]
    assert references_of(None, [], None) == []


def test_mailto_is_read_back_and_stays_short() -> None:
    link = mailto("mara@larkspur.example", "Re: A&B?", "Line one\nLine two & more")
    parts = urlsplit(link)
    assert (parts.scheme, parts.path) == ("mailto", "mara@larkspur.example")
    assert parse_qs(parts.query) == {"subject": ["Re: A&B?"], "body": ["Line one\r\nLine two & more"]}
    long = mailto("mara@larkspur.example", "Re:", "ü" * 5000)
    assert len(long) <= 1900
    assert set(parse_qs(urlsplit(long).query)["body"][0]) == {"ü"}


@pytest.mark.parametrize("address", ["no-reply@a.example", "noreply+1@a.example", "do_not_reply@a.example"])
def test_nobody_reads_there(address: str) -> None:
    assert is_automatic(address)
    assert not is_automatic("mara.reply@a.example")
