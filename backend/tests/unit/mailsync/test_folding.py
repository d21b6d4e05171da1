"""A history folded: what a mailbox went through, and what is left to do about each message."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.mail.sources import Change, ChangeKind
from app.mailsync.folding import HIDDEN, NO_MAIL, Net, fold

LABELS = ("INBOX", "UNREAD", "STARRED", "SPAM", "TRASH", "DRAFT")


def added(*labels: str, name: str = "m") -> Change:
    return Change(ChangeKind.ADDED, name, "t", labels)


def gained(*changed: str, labels: tuple[str, ...], name: str = "m") -> Change:
    return Change(ChangeKind.LABELS_ADDED, name, "t", labels, changed)


def lost(*changed: str, labels: tuple[str, ...], name: str = "m") -> Change:
    return Change(ChangeKind.LABELS_REMOVED, name, "t", labels, changed)


def deleted(name: str = "m") -> Change:
    return Change(ChangeKind.DELETED, name, "t")


@pytest.mark.parametrize(
    ("changes", "is_wanted", "is_gone"),
    [
        ([added("INBOX")], True, False),
        ([added("INBOX"), deleted()], False, True),
        ([added("INBOX"), gained("TRASH", labels=("TRASH",))], False, True),
        ([added("SPAM")], False, True),
        ([added("DRAFT")], False, False),
        ([added("CHAT")], False, False),
        ([added("DRAFT"), lost("DRAFT", labels=("SENT",))], True, False),
        ([lost("SPAM", labels=("INBOX",))], True, False),
        ([lost("TRASH", labels=("INBOX",)), gained("TRASH", labels=("INBOX", "TRASH"))], False, True),
        ([gained("STARRED", labels=("INBOX", "STARRED"))], False, False),
        ([lost("UNREAD", labels=("INBOX",))], False, False),
        ([added("INBOX"), added("INBOX")], True, False),
        ([added("INBOX"), deleted(), added("INBOX")], False, True),
        ([deleted(), gained("STARRED", labels=("STARRED",))], False, True),
    ],
)
def test_one_message(changes: list[Change], is_wanted: bool, is_gone: bool) -> None:
    (net,) = fold(changes).values()
    assert (net.is_wanted, net.is_gone) == (is_wanted, is_gone)


def test_messages_keep_the_order_in_which_they_came() -> None:
    changes = [added("INBOX", name="a"), added("INBOX", name="b"), gained("STARRED", labels=("X",), name="a")]
    assert list(fold(changes)) == ["a", "b"]
    assert fold(changes)["a"].labels == ("X",)
    assert fold([]) == {}


@dataclass
class Message:
    labels: set[str]


@st.composite
def histories(draw: st.DrawFn) -> tuple[dict[str, Message], dict[str, Message], list[Change]]:
    """(a mailbox before, after, and the rows in between)."""
    before = {
        f"old{n}": Message(draw(st.sets(st.sampled_from(LABELS)))) for n in range(draw(st.integers(0, 4)))
    }
    box = {name: Message(set(message.labels)) for name, message in before.items()}
    rows: list[Change] = []
    for number in range(draw(st.integers(0, 25))):
        step = draw(st.sampled_from(("add", "delete", "gain", "lose")))
        if step == "add":
            name, labels = f"new{number}", draw(st.sets(st.sampled_from(LABELS)))
            box[name] = Message(labels)
            rows.append(added(*sorted(labels), name=name))
            continue
        if not box:
            continue
        name = draw(st.sampled_from(sorted(box)))
        if step == "delete":
            del box[name]
            rows.append(deleted(name))
            continue
        change = draw(st.sampled_from(LABELS))
        message = box[name]
        if step == "gain" and change not in message.labels:
            message.labels.add(change)
            rows.append(gained(change, labels=tuple(sorted(message.labels)), name=name))
        elif step == "lose" and change in message.labels:
            message.labels.discard(change)
            rows.append(lost(change, labels=tuple(sorted(message.labels)), name=name))
    return before, box, rows


def visible(box: dict[str, Message]) -> set[str]:
    return {name for name, message in box.items() if not message.labels & (HIDDEN | NO_MAIL)}


@given(histories())
def test_what_is_stored_becomes_what_is_there(
    history: tuple[dict[str, Message], dict[str, Message], list[Change]],
) -> None:
    """Applying the net changes to what was visible before gives what is visible afterwards."""
    before, after, rows = history
    nets = fold(rows)
    stored = visible(before)
    fetched = {net.id for net in nets.values() if net.is_wanted and net.id not in stored}
    gone = {net.id for net in nets.values() if net.is_gone}
    left = (stored | fetched) - gone
    drafts = {name for name, message in after.items() if message.labels & NO_MAIL}
    assert left - drafts == visible(after)
    for name, message in after.items():
        if name in nets and nets[name].labels is not None:
            assert set(nets[name].labels or ()) == message.labels


@given(histories(), st.data())
def test_rows_that_come_twice_change_nothing(
    history: tuple[dict[str, Message], dict[str, Message], list[Change]], data: st.DataObject
) -> None:
    """Pages that overlap repeat the rows before them."""
    _, _, rows = history
    once = fold(rows)
    at = data.draw(st.integers(0, len(rows)))
    back = data.draw(st.integers(0, at))
    again: dict[str, Net] = fold([*rows[:at], *rows[back:]])
    assert again == once
