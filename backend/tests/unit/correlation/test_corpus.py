"""The labelled search keeps its figures: a quarter of it, read and linked like any mailbox."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from app.classification import service as classification
from app.correlation.keys import components
from app.correlation.partition import partition
from tests.corpus.linking.measuring import Figures, count_pairs, facts_of, figures_by_kind, judge, samples_of
from tests.corpus.linking.search import build

# "only the title" stays below on purpose: without a company, one title is not enough to join two mails.
LOWEST_BY_KIND = {"only the title": 0.3, "others mentioned": 0.5}


@pytest.fixture(scope="module")
def figures() -> tuple[Figures, dict[str, Figures]]:
    classification.warm_up(Path(tempfile.gettempdir()) / "jobtrail-tests-model")
    search = build(part=4)
    samples = samples_of(search)
    verdicts = judge(samples)
    facts = [facts_of(one, verdicts.get(one.email_id), search.aliases) for one in samples]
    counted = count_pairs(samples, [partition(component) for component in components(facts)])
    return counted, figures_by_kind(samples, counted)


def test_pairs_are_found_and_hardly_one_is_wrong(figures: tuple[Figures, dict[str, Figures]]) -> None:
    whole, _ = figures
    assert whole.f1 >= 0.96
    assert whole.precision >= 0.99


def test_no_kind_of_difficulty_is_given_up(figures: tuple[Figures, dict[str, Figures]]) -> None:
    _, kinds = figures
    assert len(kinds) >= 25
    fallen = {
        kind: round(one.f1, 3) for kind, one in kinds.items() if one.f1 < LOWEST_BY_KIND.get(kind, 0.85)
    }
    assert fallen == {}


def test_the_whole_search_is_as_large_as_it_says() -> None:
    search = build()
    assert len(search.mails) == 1_200
    assert len({mail.application for mail in search.mails if mail.application}) == 300
    assert [mail.raw for mail in build(part=12).mails] == [mail.raw for mail in build(part=12).mails]
