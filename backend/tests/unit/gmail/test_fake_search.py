"""The fake reads Gmail's search language as Gmail does."""

from __future__ import annotations

import pytest

from tests.fakes.google_mailbox import Mailbox
from tests.fakes.google_search import BadSearch, search

RAW = (
    b"From: Kim Nobody <kim.nobody@mail.otterbank.example>\r\nTo: ana@example.com\r\nCc: sam@example.org\r\n"
    b"Subject: =?utf-8?q?Caf=C3=A9_in_M=C3=BCnchen?=\r\nMessage-ID: <one@otterbank.example>\r\n"
    b"Content-Type: text/plain; charset=utf-8\r\n\r\nWe meet on Tuesday, at the river.\r\n"
)
AT = 1_770_000_000


@pytest.mark.parametrize(
    ("q", "hit"),
    [
        ("", True),
        ("from:kim", True),
        ("from:otterbank.example", True),
        ("from:otter", False),
        ("from:(nobody otterbank)", True),
        ("from:(someone OR otterbank)", True),
        ("to:ana@example.com", True),
        ("to:sam@example.org", True),
        ("cc:ana", False),
        ("subject:cafe", True),
        ("subject:MUNCHEN", True),
        ('"on tuesday"', True),
        ('"tuesday river"', False),
        ("tuesday river", True),
        ("tuesday -river", False),
        ("-{lake hill}", True),
        ("{lake river}", True),
        ("lake OR river subject:cafe", True),
        ("lake river OR tuesday", False),
        (f"after:{AT - 1} before:{AT + 1}", True),
        (f"after:{AT}", False),
        (f"before:{AT}", False),
        ("after:2026/02/01", True),
        ("before:2026-02-01", False),
        ("rfc822msgid:<one@otterbank.example>", True),
        ("rfc822msgid:two@otterbank.example", False),
        ("in:inbox", True),
        ("-in:inbox", False),
        ("label:job-hunt", True),
        ("label:unread", False),
        ("has:attachment", False),
        ("(from:kim OR from:sam) -(lake)", True),
    ],
)
def test_operators(q: str, hit: bool) -> None:
    box = Mailbox("ana@example.com")
    box.add(RAW, {"INBOX", box.add_label("job-hunt")}, at=AT)
    assert bool(box.find(q)) is hit


def test_spam_and_trash_need_to_be_asked_for() -> None:
    box = Mailbox("ana@example.com")
    box.add(RAW, {"TRASH"}, at=AT)
    assert box.find("tuesday") == []
    assert len(box.find("tuesday", include_spam_trash=True)) == 1
    assert len(box.find("in:trash tuesday")) == 1
    assert len(box.find("in:anywhere")) == 1
    assert box.find("-in:trash") == []


@pytest.mark.parametrize("q", ["(open", "close)", "{a b", "larger:5M", "after:tomorrow"])
def test_what_it_does_not_know_is_an_error_not_a_guess(q: str) -> None:
    with pytest.raises(BadSearch):
        search(q)


def test_answers_join_the_thread_they_answer() -> None:
    box = Mailbox("ana@example.com")
    first = box.add(RAW)
    answer = box.add(b"In-Reply-To: <one@otterbank.example>\r\nMessage-ID: <two@x.example>\r\n\r\nYes")
    other = box.add(b"Message-ID: <three@x.example>\r\n\r\nNo")
    assert box.messages[answer].thread_id == first
    assert box.messages[other].thread_id == other
