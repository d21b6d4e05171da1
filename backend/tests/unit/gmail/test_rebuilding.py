"""A message that comes parsed, with its thread, reads like the same message raw."""

from __future__ import annotations

import copy
from dataclasses import asdict
from typing import Any

import pytest

from app.mail.gmail.rebuilding import rebuild
from app.mail.mime import parse
from app.mail.values import ParsedMail
from tests.fakes.google_mailbox import Mailbox
from tests.fakes.google_mails import generate_mailbox
from tests.fakes.google_rendering import render
from tests.fakes.google_varied import Varied, varied_mails

VARIED = varied_mails()


def shown(raw: bytes, *, decoded: bool = True) -> dict[str, Any]:
    """The message as threads.get shows it."""
    box = Mailbox("ana.testperson@example.com")
    return render(box.messages[box.add(raw)], "full", decoded=decoded)


def facts(mail: ParsedMail) -> dict[str, Any]:
    """Everything that is read, with attachments by name and type. `warnings` tell how it was read."""
    found = asdict(mail)
    del found["warnings"]
    found["attachments"] = [(a.name, a.type) for a in mail.attachments]
    return found


@pytest.mark.parametrize("decoded", [True, False], ids=["headers decoded", "headers as sent"])
@pytest.mark.parametrize("mail", VARIED, ids=[mail.name for mail in VARIED])
def test_a_rebuilt_message_reads_like_the_raw_one(mail: Varied, decoded: bool) -> None:
    rebuilt = rebuild(shown(mail.raw, decoded=decoded))
    assert (rebuilt is None) == mail.needs_raw
    if rebuilt is None:
        return
    ours, theirs = parse(rebuilt), parse(mail.raw)
    assert facts(ours) == facts(theirs)
    for one, other in zip(ours.attachments, theirs.attachments, strict=True):
        assert one.size == pytest.approx(other.size, rel=0.02, abs=4)


def test_a_whole_mailbox_reads_the_same() -> None:
    box = generate_mailbox(150, seed=5)
    for stored in box.messages.values():
        rebuilt = rebuild(render(stored, "full"))
        assert rebuilt is not None
        assert facts(parse(rebuilt)) == facts(parse(stored.raw))


@pytest.mark.parametrize(
    "change",
    [
        {"payload": None},
        {"payload": {}},
        {"payload": {"mimeType": "text/plain", "body": {"size": 3, "data": "aGk"}}},
        {"payload": {"mimeType": "multipart/mixed", "headers": [{"name": "A", "value": "b"}], "parts": []}},
        {
            "payload": {
                "mimeType": "text/plain",
                "headers": [{"name": "A", "value": "b"}],
                "body": {"size": 9},
            }
        },
        {"payload": {"mimeType": "text/plain", "headers": [{"value": "b"}], "body": {"data": ""}}},
        {"payload": {"mimeType": "text/plain", "headers": "x", "body": {"data": ""}}},
        {"sizeEstimate": "many"},
    ],
)
def test_an_answer_that_lacks_something_is_read_raw(change: dict[str, Any]) -> None:
    assert rebuild(shown(VARIED[0].raw) | change) is None


def test_nesting_without_end_is_read_raw() -> None:
    part: dict[str, Any] = {"mimeType": "text/plain", "headers": [], "body": {"size": 0}}
    for _ in range(60):
        part = {"mimeType": "multipart/mixed", "headers": [{"name": "A", "value": "b"}], "parts": [part]}
    assert rebuild({"sizeEstimate": 1, "payload": part}) is None


def test_headers_can_not_break_out_of_their_line() -> None:
    message = copy.deepcopy(shown(VARIED[0].raw))
    headers = message["payload"]["headers"]
    headers.append({"name": "X-Odd", "value": "one\r\nTo: eve@x.example\r\n\r\nsecond body"})
    headers.append({"name": "Bad name:\r\nTo", "value": "eve@x.example"})
    rebuilt = rebuild(message)
    assert rebuilt is not None
    assert facts(parse(rebuilt)) == facts(parse(VARIED[0].raw))


def test_a_decoded_name_with_a_comma_is_one_person() -> None:
    message = copy.deepcopy(shown(VARIED[0].raw))
    for row in message["payload"]["headers"]:
        if row["name"] == "From":
            row["value"] = "Müller, Jo <jo@otterbank.example>"
    rebuilt = rebuild(message)
    assert rebuilt is not None
    found = parse(rebuilt)
    assert (found.sender_name, found.sender_email) == ("Müller, Jo", "jo@otterbank.example")
