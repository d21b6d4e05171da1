"""What the user decided about links holds, and undoing it leaves no trace."""

from __future__ import annotations

from datetime import timedelta

from app.correlation.partition import partition
from app.correlation.values import Constraints
from tests.factories.links import (
    INTERVIEW,
    RECEIVED,
    REJECTION,
    START,
    UPDATE,
    ids,
    make_facts,
    make_own,
    methods,
)

TWO = [
    make_facts(1, 0, RECEIVED, "Fernhollow", "Data Engineer"),
    make_facts(2, 1, RECEIVED, "Fernhollow", "Product Designer"),
    make_facts(3, 4, REJECTION, "Fernhollow"),
    make_facts(4, 8, INTERVIEW, "Fernhollow"),
]


def test_a_link_answers_which_one_and_changes_what_follows() -> None:
    assert ids(partition(TWO)) == [[1], [2]]
    result = partition(TWO, Constraints(linked={3: 1}))
    assert ids(result) == [[1, 3], [2, 4]]
    assert methods(result)[3] == "user"
    assert result.unplaced == ()


def test_a_link_to_an_application_that_begins_later() -> None:
    result = partition(TWO, Constraints(linked={1: 2}))
    assert ids(result) == [[1, 2, 3], [4]]
    assert methods(result)[1] == "user"


def test_links_follow_each_other() -> None:
    assert ids(partition(TWO, Constraints(linked={4: 3, 3: 1})))[0] == [1, 3, 4]


def test_links_in_a_circle_count_for_nothing() -> None:
    assert ids(partition(TWO, Constraints(linked={3: 4, 4: 3}))) == ids(partition(TWO))


def test_a_link_to_mail_that_is_gone_counts_for_nothing() -> None:
    assert partition(TWO, Constraints(linked={3: 99})) == partition(TWO)


def test_mail_that_never_links_by_itself_can_be_linked() -> None:
    mails = [*TWO, make_facts(5, 9, "NOT_JOB_RELATED"), make_own(6, 9)]
    assert ids(partition(mails, Constraints(linked={5: 1, 6: 1})))[0] == [1, 5, 6]


def test_two_mails_without_an_application_make_one_when_linked() -> None:
    mails = [make_own(1, 0), make_own(2, 3)]
    assert ids(partition(mails, Constraints(linked={2: 1}))) == [[1, 2]]


def test_an_unlinked_mail_stays_out_and_asks_nothing() -> None:
    mails = [TWO[0], make_facts(3, 4, REJECTION, "Fernhollow", "Data Engineer")]
    result = partition(mails, Constraints(unlinked=frozenset({(3, 1)})))
    assert ids(result) == [[1]]
    assert result.unplaced == ()


def test_without_the_unlinked_rejection_the_application_is_open_again() -> None:
    mails = [
        TWO[0],
        make_facts(3, 4, REJECTION, "Fernhollow", "Data Engineer"),
        make_facts(4, 8, INTERVIEW, "Fernhollow"),
    ]
    assert ids(partition(mails)) == [[1, 3], [4]]
    assert ids(partition(mails, Constraints(unlinked=frozenset({(3, 1)})))) == [[1, 4]]


def test_a_split_mail_begins_an_application_that_later_mail_finds() -> None:
    mails = [
        make_facts(1, 0, RECEIVED, "Fernhollow", "Data Engineer"),
        make_facts(2, 1, RECEIVED, "Fernhollow", "Data Engineer"),
        make_facts(3, 5, INTERVIEW, "Fernhollow", "Data Engineer"),
    ]
    assert ids(partition(mails)) == [[1, 2, 3]]
    assert ids(partition(mails, Constraints(linked={2: 2}))) == [[1], [2, 3]]


def test_same_merges_and_not_same_keeps_apart() -> None:
    assert ids(partition(TWO, Constraints(same=frozenset({(1, 2)})))) == [[1, 2, 3], [4]]
    mails = [
        make_facts(1, 0, RECEIVED, "Fernhollow", "Data Engineer"),
        make_facts(2, 1, RECEIVED, "Fernhollow", "Data Engineer"),
    ]
    assert ids(partition(mails, Constraints(not_same=frozenset({(1, 2)})))) == [[1], [2]]
    assert ids(partition(mails, Constraints(not_same=frozenset({(2, 1)})))) == [[1], [2]]


def test_same_brings_home_what_fits_nowhere() -> None:
    mails = [*TWO, make_facts(5, 9, UPDATE)]
    result = partition(mails, Constraints(same=frozenset({(5, 2)})))
    assert [5 in group for group in ids(result)] == [False, True]
    assert 5 not in {u.email_id for u in result.unplaced}


def test_a_stage_set_by_the_user_closes_the_application_for_linking() -> None:
    withdrawn = Constraints(ended={1: START + timedelta(days=2)})
    assert ids(partition(TWO, withdrawn)) == [[1], [2, 3], [4]]


def test_revoking_leaves_what_would_be_without_it() -> None:
    before = partition(TWO)
    later = [
        *TWO,
        make_facts(5, 9, UPDATE, references=("<3>",)),
        make_facts(6, 10, RECEIVED, "Marlowe", "Nurse"),
    ]
    decided = partition(later, Constraints(linked={3: 1}, same=frozenset({(1, 2)})))
    assert decided != partition(later)
    assert partition(later) == partition(list(reversed(later)), Constraints())
    assert partition(TWO) == before
