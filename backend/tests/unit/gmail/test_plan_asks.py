"""Whole threads where that is cheaper, everything once, in the order of the listing."""

from __future__ import annotations

import random

import pytest

from app.mail.gmail.batches import Ask
from app.mail.gmail.fetching import plan_asks
from app.mail.gmail.quota import TARIFFS
from app.mail.sources import MessageRef


def refs(*pairs: str) -> list[MessageRef]:
    """`a/t` is message a of thread t, `a` has no thread."""
    return [MessageRef(i, thread or None) for i, _, thread in (pair.partition("/") for pair in pairs)]


def test_three_of_a_thread_are_one_ask_where_the_first_stood() -> None:
    asks = plan_asks(refs("a", "b/t", "c/u", "d/t", "e/t", "f/u"), 3)
    assert asks == [Ask("a"), Ask("t", ("b", "d", "e")), Ask("c"), Ask("f")]


def test_a_message_twice_is_one() -> None:
    assert plan_asks(refs("a/t", "a/t", "a/t", "b"), 3) == [Ask("a"), Ask("b")]


def test_a_thread_and_its_first_message_have_the_same_id_but_not_the_same_answer() -> None:
    asks = plan_asks(refs("t/t", "b/t", "c/t", "t/x"), 3)
    assert len({ask.key for ask in asks}) == len(asks)


@pytest.mark.parametrize("profile", ["2026", "legacy"])
def test_no_mix_of_gets_and_thread_gets_is_cheaper(profile: str) -> None:
    prices = TARIFFS[profile].prices
    dice = random.Random(3)
    wanted = [MessageRef(f"m{n}", f"t{dice.randrange(60)}") for n in range(200)]
    whole_from = prices["threads.get"] // prices["messages.get"] + 1
    asks = plan_asks(wanted, whole_from)
    asked = sum(len(ask.wanted) or 1 for ask in asks)
    sizes = [sum(1 for ref in wanted if ref.thread_id == f"t{n}") for n in range(60)]
    best = sum(min(size * prices["messages.get"], prices["threads.get"]) for size in sizes)
    assert asked == 200
    assert sum(prices[ask.method] for ask in asks) == best
