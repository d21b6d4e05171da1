"""Message ids say where a message lies; cursors remember what was there."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.mail.imap.cursors import FolderMark, pack, read_cursor, unpack, write_cursor
from app.mail.imap.ids import Place, folder_key, gmail_id, gmail_number, mark_of, read_place, replaces
from app.mail.sources import IdsExpired
from app.mail.values import gmail_api_id

MARK = mark_of("imap.example.com", "ana")


@given(st.text(max_size=300), st.integers(1, 2**32 - 1), st.integers(1, 2**32 - 1))
def test_an_id_tells_its_place_and_fits_the_column(name: str, uidvalidity: int, uid: int) -> None:
    place = Place(MARK, folder_key(name), uidvalidity, uid)
    assert len(str(place)) <= 200
    assert str(place).isprintable()
    assert read_place(str(place)) == (place if place.folder else None)


@given(st.lists(st.text(max_size=200), unique=True, max_size=20))
def test_folders_have_keys_of_their_own(names: list[str]) -> None:
    assert len({folder_key(name) for name in names}) == len(names)


@given(st.integers(1, 2**64 - 1))
def test_gmail_ids_are_those_of_its_api(number: int) -> None:
    assert gmail_number(gmail_id(number)) == number
    assert gmail_api_id(gmail_id(number)) == f"{number:016x}"


@pytest.mark.parametrize(
    "text", ["", "gm:xyz", "18c0", "a/b", f"{MARK}/INBOX/1/x", f"{MARK}//1/2", "short/INBOX/1/2"]
)
def test_other_ids_are_no_place(text: str) -> None:
    assert read_place(text) is None
    assert gmail_number(text) is None


def test_only_a_new_numbering_replaces_an_id() -> None:
    old = Place(MARK, "INBOX", 7, 3)
    assert replaces(str(Place(MARK, "INBOX", 8, 1)), str(old))
    assert replaces(str(Place(mark_of("other.example", "ana"), "INBOX", 7, 3)), str(old))
    for other in (Place(MARK, "INBOX", 7, 4), Place(MARK, "Archive", 8, 1)):
        assert not replaces(str(other), str(old))
    assert not replaces("gm:18c0", str(old))
    assert not replaces(str(old), "18c0")


@given(st.sets(st.integers(1, 2**32 - 1), max_size=200) | st.sets(st.integers(1, 300), max_size=250))
def test_packed_uids_come_back(uids: set[int]) -> None:
    assert unpack(pack(uids)) == uids


def test_a_mailbox_of_years_packs_small() -> None:
    """200,000 messages, every seventh deleted: a cursor is written with every sync."""
    uids = [uid for uid in range(1, 200_000) if uid % 7]
    assert len(pack(uids)) < 2_000
    assert len(pack(range(1, 1_000_000))) < 40


def test_cursors_come_back_for_their_own_login_only() -> None:
    marks = {"INBOX": FolderMark(7, 12, 10, None, pack([1, 2, 5])), "Für später": FolderMark(1, 1, 0, 99)}
    cursor = write_cursor(MARK, marks)
    assert read_cursor(cursor, MARK) == marks
    broken = json.loads(cursor)
    broken["folders"]["INBOX"]["surprise"] = 1
    for text, login in (
        (cursor, mark_of("imap.example.com", "bob")),
        (json.dumps(broken), MARK),
        ("12345", MARK),
        ("", MARK),
        ("[]", MARK),
    ):
        with pytest.raises(IdsExpired):
            read_cursor(text, login)
    with pytest.raises(IdsExpired):
        unpack("no such thing")
