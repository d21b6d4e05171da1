"""Which part of a mailbox is read: promises, holes, and the moment back to which everything is there."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.mailsync.coverage import (
    BEGINNING,
    Coverage,
    Span,
    claim,
    complete_since,
    cover,
    from_json,
    promise,
    to_json,
)

EPOCH = datetime(2026, 1, 1, tzinfo=UTC)


def day(number: float) -> datetime:
    return EPOCH + timedelta(days=number)


def span(after: float, before: float) -> Span:
    return Span(day(after), day(before))


def test_a_first_sync_and_its_rest() -> None:
    begun = promise(Coverage(), span(0, 90), None)
    assert complete_since(begun, day(90)) is None
    half = cover(begun, span(50, 90))
    assert complete_since(half, day(90)) == day(50)
    whole = cover(half, span(0, 50))
    assert (complete_since(whole, day(90)), whole.holes) == (day(0), ())


def test_a_later_full_sync_joins_what_is_there() -> None:
    first = claim(Coverage(), span(0, 90), None)
    begun = promise(first, span(99, 110), day(100))
    assert complete_since(begun, day(110)) is None
    assert complete_since(cover(begun, span(99, 110)), day(110)) == day(0)


def test_a_window_that_leaves_a_gap_counts_alone() -> None:
    first = claim(Coverage(), span(0, 10), None)
    later = claim(first, span(50, 90), day(10))
    assert complete_since(later, day(90)) == day(50)


def test_an_unfinished_rest_stays() -> None:
    begun = cover(promise(Coverage(), span(0, 90), None), span(60, 90))
    again = promise(begun, span(95, 100), day(96))
    assert [(hole.after, hole.before) for hole in again.holes] == [(day(95), day(100)), (day(0), day(60))]
    assert complete_since(cover(again, span(95, 100)), day(100)) == day(60)


def test_a_backfill_reaches_further_back() -> None:
    first = claim(Coverage(), span(100, 190), None)
    middle = cover(first, span(150, 190))
    assert complete_since(middle, day(190)) == day(100)
    further = cover(cover(first, span(90, 100)), span(80, 90))
    assert complete_since(further, day(190)) == day(80)
    apart = cover(first, span(10, 50))
    assert complete_since(apart, day(190)) == day(100)


def test_everything() -> None:
    whole = claim(Coverage(), Span(BEGINNING, day(5)), None)
    assert complete_since(whole, day(5)) == BEGINNING


def test_it_survives_the_database() -> None:
    made = cover(promise(Coverage(), span(0, 90), None), span(40, 50))
    assert from_json(to_json(made)) == made
    assert from_json({}) == from_json(None) == Coverage()


spans = st.tuples(st.integers(0, 60), st.integers(1, 40)).map(lambda pair: span(pair[0], pair[0] + pair[1]))


@given(st.lists(st.tuples(st.sampled_from(("promise", "cover")), spans), max_size=12))
def test_what_is_claimed_was_read(steps: list[tuple[str, Span]]) -> None:
    """Days are read by covering alone: whatever is claimed complete lies in spans that were covered."""
    coverage, read, until = Coverage(), set[int](), None
    for kind, one in steps:
        first, last = (one.after - EPOCH).days, (one.before - EPOCH).days
        if kind == "promise":
            if until is not None and one.before < until:
                continue  # a sync ends now, and now comes after every sync before
            coverage = promise(coverage, one, until)
            read -= set(range(first, last))
            until = one.before
        else:
            coverage = cover(coverage, one)
            read.update(range(first, last))
        since = complete_since(coverage, until)
        if since is not None and until is not None and since < until:
            claimed = set(range((since - EPOCH).days, (until - EPOCH).days))
            assert claimed <= read
        for earlier, later in zip(coverage.holes[1:], coverage.holes, strict=False):
            assert earlier.before < later.after
