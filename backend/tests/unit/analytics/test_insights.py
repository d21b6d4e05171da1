"""Sentences only where intervals do not overlap."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.analytics.insights import AT_MOST, Compared, Dimension, find_insights


def source(group: str, hits: int, n: int) -> Compared:
    return Compared("source", "response", group, hits, n)


def test_a_clear_difference_is_said() -> None:
    found = find_insights([source("referral", 13, 21), source("linkedin", 30, 140), source("board", 2, 4)])
    assert [i.sentence for i in found] == [
        "Applications by referral hear back more often: 62 % of 21, and 22 % of the 144 others."
    ]
    assert found[0].low > found[0].other_high


def test_what_overlaps_is_not() -> None:
    assert find_insights([source("referral", 3, 6), source("linkedin", 8, 30)]) == []


def test_small_groups_and_unnamed_ones_are_not() -> None:
    assert find_insights([source("referral", 4, 4), source("linkedin", 0, 100)]) == []
    assert find_insights([source("unknown", 50, 50), source("other", 0, 50)]) == []
    assert find_insights([]) == []


dimensions: list[Dimension] = ["source", "industry", "position_level", "weekday"]
groups = st.builds(
    lambda dimension, group, a, b: Compared(dimension, "response", group, min(a, b), max(a, b)),
    st.sampled_from(dimensions),
    st.sampled_from("abcdef"),
    st.integers(0, 300),
    st.integers(0, 300),
)


@given(st.lists(groups, max_size=20, unique_by=lambda g: (g.dimension, g.group)))
def test_at_most_three_and_never_overlapping(compared: list[Compared]) -> None:
    found = find_insights(compared)
    assert len(found) <= AT_MOST
    assert len({i.dimension for i in found}) == len(found)
    for i in found:
        assert i.low > i.other_high or i.high < i.other_low
        assert str(i.n) in i.sentence
        assert str(i.other_n) in i.sentence
