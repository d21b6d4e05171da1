"""Cutting an mbox into messages, however the bytes arrive."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.mail.archive.mbox import as_api_id, envelope_date, envelope_gmail_id, is_envelope, split_mbox
from tests.factories.mails import make_mbox, make_numbered

MAILS = make_numbered(5)


class Drip:
    """A stream that gives at most `size` bytes at a time."""

    def __init__(self, content: bytes, size: int) -> None:
        self._stream = io.BytesIO(content)
        self._size = size

    def read(self, size: int, /) -> bytes:
        return self._stream.read(min(size, self._size))


@pytest.mark.parametrize("size", [1, 2, 3, 7, 17, 64, 333, 4096])
@pytest.mark.parametrize("crlf", [False, True])
def test_any_block_size_gives_the_same(size: int, crlf: bool) -> None:
    box = make_mbox(MAILS, crlf=crlf)
    whole = list(split_mbox(io.BytesIO(box)))
    assert len(whole) == len(MAILS)
    assert list(split_mbox(Drip(box, size))) == whole
    assert list(split_mbox(Drip(box[whole[1].end :], size), whole[1].end)) == whole[2:]
    assert whole[-1].end == len(box)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                b"From ",
                b"\n",
                b"\r\n",
                b">From x\n",
                b"From a Mon Mar  2 09:00:00 2026\n",
                b"x: y\n",
                b"\xff\n",
            ]
        )
    ),
    st.integers(1, 40),
)
def test_any_bytes_are_cut_without_loss(pieces: list[bytes], size: int) -> None:
    box = b"From a Mon Mar  2 09:00:00 2026\nSubject: x\n" + b"".join(pieces)
    messages = list(split_mbox(Drip(box, size)))
    assert messages == list(split_mbox(io.BytesIO(box)))
    ends = [message.end for message in messages]
    assert ends == sorted(ends)
    assert ends[-1] <= len(box)
    assert sum(message.raw.count(b"\xff") for message in messages) == box.count(b"\xff")


@pytest.mark.parametrize(
    ("line", "moment"),
    [
        (b"From a@example.com Sat Jan  3 01:05:34 2026\n", datetime(2026, 1, 3, 1, 5, 34, tzinfo=UTC)),
        (b"From - Sat Jan 03 01:05:34 2026\r\n", datetime(2026, 1, 3, 1, 5, 34, tzinfo=UTC)),
        (b"From 17@xxx Sat Jan 03 01:05:34 +0000 2026\n", datetime(2026, 1, 3, 1, 5, 34, tzinfo=UTC)),
        (b"From a Sat Jan  3 01:05 2026 -0130\n", datetime(2026, 1, 3, 2, 35, tzinfo=UTC)),
        (b"From a Sat Jan  3 01:05:34 CET 2026\n", datetime(2026, 1, 3, 1, 5, 34, tzinfo=UTC)),
        (b"From Sat Jan  3 01:05:34 2026\n", datetime(2026, 1, 3, 1, 5, 34, tzinfo=UTC)),
        (b"From a Sat Jan 33 01:05:34 2026\n", None),
    ],
)
def test_envelopes(line: bytes, moment: datetime | None) -> None:
    assert is_envelope(line)
    assert envelope_date(line) == moment


@pytest.mark.parametrize(
    "line",
    [
        b"From today on\n",
        b"From us Monday at 9:00\n",
        b"from a Sat Jan  3 01:05:34 2026\n",
        b"From a 2026-01-03\n",
    ],
)
def test_sentences_are_no_envelopes(line: bytes) -> None:
    assert not is_envelope(line)


def test_gmail_ids() -> None:
    assert envelope_gmail_id(b"From 255@xxx Sat Jan 03 01:05:34 +0000 2026\n") == "00000000000000ff"
    assert envelope_gmail_id(b"From 255@example.com Sat Jan 03 01:05:34 2026\n") is None
    assert [as_api_id(text) for text in ("0", "-1", "", "x", "1" * 21, str(2**64))] == [None] * 6
