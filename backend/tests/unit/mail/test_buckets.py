"""A bucket of units: full after a minute's rest, never overdrawn, and left to the foreground."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest

from app.mail.buckets import Level, draw, units_at
from app.mail.gmail.quota import TARIFFS, tariff_of
from tests.factories.settings import make_settings

NEW, OLD = TARIFFS["2026"], TARIFFS["legacy"]
AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
FULL = Level(AT)


def later(seconds: float) -> datetime:
    return AT + timedelta(seconds=seconds)


def test_the_tables_are_googles() -> None:
    assert [NEW.prices[m] for m in ("messages.get", "threads.get", "messages.list", "history.list")] == [
        20,
        40,
        5,
        2,
    ]
    assert (OLD.prices["messages.get"], OLD.prices["threads.get"]) == (5, 10)
    assert (NEW.rate, OLD.rate) == (100, 250)
    assert (NEW.messages_per_second, OLD.messages_per_second) == (5, 50)
    assert (NEW.burst, OLD.burst) == (5_900, 14_750)


def test_how_long_reading_takes() -> None:
    assert NEW.seconds_for(40_020, at_hand=6_000) == pytest.approx(340.2)
    assert OLD.seconds_for(50_100) == pytest.approx(200.4)
    assert NEW.seconds_for(20, at_hand=6_000) == 0


def test_settings_choose_the_table(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("data")
    old = make_settings("sqlite:///:memory:", folder, gmail_quota_profile="legacy")
    own = make_settings("sqlite:///:memory:", folder, gmail_quota_units_per_minute=600)
    assert tariff_of(old) == OLD
    assert (tariff_of(own).rate, tariff_of(own).prices) == (10, NEW.prices)


def test_a_minute_at_once_then_as_fast_as_it_refills() -> None:
    level, granted, _ = draw(FULL, NEW, AT, 100, 50_000, background=False)
    assert granted == NEW.burst
    level, granted, wait_s = draw(level, NEW, AT, 100, 500, background=False)
    assert granted == 0
    assert wait_s == pytest.approx(1)
    level, granted, _ = draw(level, NEW, later(1), 100, 500, background=False)
    assert granted == 100
    assert units_at(level, NEW, later(61)) == pytest.approx(NEW.burst)
    assert units_at(level, NEW, later(9_999)) == NEW.burst, "it does not run over"


def test_more_than_a_bucket_holds_is_asked_for_in_vain_no_longer_than_it_takes_to_fill() -> None:
    _, granted, _ = draw(FULL, NEW, AT, 50_000, 50_000, background=False)
    assert granted == NEW.burst


def test_whatever_is_asked_the_rate_holds() -> None:
    dice = random.Random(4)
    level, spent, at = FULL, 0, 0.0
    for _ in range(2_000):
        at += dice.expovariate(3)
        least = dice.randint(1, 400)
        level, granted, wait_s = draw(
            level, NEW, later(at), least, least + dice.randint(0, 2_000), background=dice.random() < 0.3
        )
        assert (granted == 0) == (wait_s > 0)
        spent += granted
        assert spent <= NEW.burst + at * NEW.rate + 1
    assert spent > 0.8 * at * NEW.rate


def test_the_background_leaves_a_tenth_and_waits_while_others_read() -> None:
    level, granted, _ = draw(FULL, NEW, AT, 100, 50_000, background=True)
    assert granted == NEW.burst - NEW.burst // 10
    level, granted, _ = draw(level, NEW, AT, 20, 20, background=False)
    assert granted == 20
    level, granted, wait_s = draw(level, NEW, later(1), 20, 20, background=True)
    assert granted == 0
    assert wait_s == pytest.approx(2)
    _, granted, _ = draw(level, NEW, later(10), 20, 20, background=True)
    assert granted == 20


def test_a_clock_that_was_set_back_holds_nobody_up_for_long() -> None:
    ahead = Level(later(86_400), wanted_until=later(86_400))
    level, granted, wait_s = draw(ahead, NEW, AT, 100, 500, background=True)
    assert (granted, units_at(ahead, NEW, AT)) == (0, 0)
    assert wait_s < 10
    _, granted, _ = draw(level, NEW, later(30), 100, 500, background=True)
    assert granted == 500
