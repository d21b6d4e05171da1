"""The purse of one source: asks the bucket seldom, sends nothing uncovered, gives back the rest."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from app.mail.gmail.quota import TARIFFS, Meter
from app.mail.sources import SourceRateLimited

NEW = TARIFFS["2026"]


class Coins:
    """A purse that gives what its script says, then nothing."""

    def __init__(self, *grants: int, wait_s: float = 1.0) -> None:
        self.grants, self.wait_s = list(grants), wait_s
        self.asked: list[tuple[int, int]] = []
        self.returned = 0
        self.drained = 0
        self.put_off_for: list[float] = []

    def take(self, least: int, most: int) -> tuple[int, float]:
        self.asked.append((least, most))
        granted = self.grants.pop(0) if self.grants else 0
        return granted, 0.0 if granted else self.wait_s

    def give_back(self, units: int) -> None:
        self.returned += units

    def drain(self) -> None:
        self.drained += 1

    def put_off(self, seconds: float) -> None:
        self.put_off_for.append(seconds)


def test_as_many_calls_as_the_units_cover_in_order() -> None:
    purse = Coins(100)
    meter = Meter(NEW, purse, longest_wait_s=120)
    assert meter.cover([40, 20, 20, 40, 20]) == 3
    assert meter.cover([20]) == 1
    assert purse.asked == [(100, 140)]


def test_a_refused_purse_is_not_asked_again_before_its_time() -> None:
    purse = Coins(wait_s=30)
    meter = Meter(NEW, purse, longest_wait_s=120)
    assert [meter.cover([20]) for _ in range(5)] == [0] * 5
    assert len(purse.asked) == 1
    assert 29 < meter.idle_time() <= 30
    soon = Coins(wait_s=0)
    eager = Meter(NEW, soon, longest_wait_s=120)
    assert [eager.cover([20]) for _ in range(3)] == [0] * 3
    assert len(soon.asked) == 3


def test_small_calls_take_a_seconds_worth_and_the_rest_goes_back() -> None:
    purse = Coins(100)
    meter = Meter(NEW, purse, longest_wait_s=120)
    assert [meter.cover([5]) for _ in range(3)] == [1, 1, 1]
    meter.close()
    meter.close()
    assert (purse.asked, purse.returned) == ([(5, 100)], 85)


def test_a_long_wait_puts_the_run_off() -> None:
    with pytest.raises(SourceRateLimited) as caught:
        Meter(NEW, Coins(wait_s=500), longest_wait_s=120).cover([20])
    assert caught.value.retry_after == 500


def test_many_short_waits_are_a_long_one() -> None:
    meter = Meter(NEW, Coins(wait_s=0.01), longest_wait_s=0.1)
    began = time.monotonic()
    with pytest.raises(SourceRateLimited) as caught:
        while time.monotonic() < began + 20:
            assert meter.cover([20]) == 0
            time.sleep(0.01)
    assert time.monotonic() - began >= 0.1
    assert caught.value.retry_after == 30


def test_without_a_limit_nobody_is_asked() -> None:
    purse = Coins()
    free = Meter(replace(NEW, units_per_minute=0), purse, longest_wait_s=120)
    assert free.cover([20] * 50) == 50
    assert Meter(NEW, None, longest_wait_s=120).cover([40] * 9) == 9
    free.close()
    assert (purse.asked, purse.returned) == ([], 0)


def test_units_are_counted_by_method() -> None:
    meter = Meter(NEW, None, longest_wait_s=120)
    meter.count("messages.get", 3)
    meter.count("threads.get")
    meter.count("history.list")
    assert meter.total == 102
