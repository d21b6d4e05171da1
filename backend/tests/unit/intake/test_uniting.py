"""What the user called one application is one, and without the word everything is as before."""

from __future__ import annotations

from app.correlation.partition import partition
from app.intake.uniting import unite
from tests.factories.links import INTERVIEW, RECEIVED, UPDATE, ids, make_facts, methods

A = [
    make_facts(1, 0, RECEIVED, "Larkspur", "Data Engineer"),
    make_facts(2, 5, INTERVIEW, "Larkspur", "Data Engineer"),
]
B = [make_facts(3, 2, RECEIVED, "Larkspur", "Gardener"), make_facts(4, 9, INTERVIEW, "Larkspur", "Gardener")]
C = [make_facts(5, 3, RECEIVED, "Foxglove", "Florist")]
ALL = [*A, *B, *C]


def parts(*groups: tuple[int, ...]) -> tuple[frozenset[int], ...]:
    return tuple(frozenset(group) for group in groups)


def test_groups_become_one_in_order_of_time() -> None:
    plain = partition(ALL)
    assert ids(plain) == [[1, 2], [3, 4], [5]]
    assert unite(plain, [], ALL) == plain
    assert ids(unite(plain, [parts((1, 2), (3, 4))], ALL)) == [[1, 3, 2, 4], [5]]


def test_later_mail_of_either_comes_along() -> None:
    more = [*ALL, make_facts(6, 12, UPDATE, "Larkspur", "Gardener")]
    assert ids(unite(partition(more), [parts((1, 2), (3, 4))], more)) == [[1, 3, 2, 4, 6], [5]]


def test_unions_meet() -> None:
    unions = [parts((1, 2), (3, 4)), parts((3, 4), (5,))]
    assert ids(unite(partition(ALL), unions, ALL)) == [[1, 3, 5, 2, 4]]


def test_a_mail_that_moved_takes_nobody_along() -> None:
    """Mail 5 was of the second once; that it is elsewhere now makes that one no part of the union."""
    more = [*ALL, *(make_facts(n, n, UPDATE, "Foxglove", "Florist") for n in (8, 9))]
    assert ids(unite(partition(more), [parts((1, 2), (3, 4, 5))], more)) == [[1, 3, 2, 4], [5, 8, 9]]


def test_no_question_between_parts_of_one_application() -> None:
    asked = [*ALL, make_facts(6, 12, UPDATE, "Larkspur")]
    plain = partition(asked)
    assert [u.email_id for u in plain.unplaced] == [6]
    united = unite(plain, [parts((1, 2), (3, 4))], asked)
    assert united.unplaced == ()
    assert methods(united)[6] == "company"
    assert ids(united)[0] == [1, 3, 2, 4, 6]


def test_named_mail_that_nothing_places_comes_to_its_application() -> None:
    pitch = [*ALL, make_facts(7, 1, "RECRUITER_OUTREACH", "Elsewhere", "Florist")]
    assert ids(unite(partition(pitch), [parts((1, 2, 7))], pitch))[0] == [1, 7, 2]


def test_what_names_mail_that_is_gone_is_without_effect() -> None:
    plain = partition(ALL)
    assert unite(plain, [parts((98,), (99,))], ALL) == plain
