"""What Gmail calls cost, how much a user may spend, and the purse of one source.

Prices and allowances are Google's, per user and project: projects made since May 2026 have the `2026` ones,
those that used the API in the half year before keep the `legacy` ones.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Protocol

from app.core import clock, metrics
from app.core.settings import Settings
from app.mail.sources import SourceRateLimited

_WORTH_ASKING_S = 1.0  # a second's worth of units is the least to ask for at a time
_MARGIN_S = 1.0  # calls arrive a little bunched: this much of the burst stays unused


@dataclass(frozen=True, slots=True)
class Tariff:
    """Units per call and per minute (0: no limit). `minute_s` is how long Google's minute takes; only
    measurements shorten it."""

    prices: Mapping[str, int]
    units_per_minute: int
    minute_s: float = 60.0

    @property
    def rate(self) -> float:
        """Units per second, sustained."""
        return self.units_per_minute / self.minute_s

    @property
    def burst(self) -> int:
        """Units that may be spent at once after a minute's rest."""
        return int(self.units_per_minute - self.rate * _MARGIN_S * self.minute_s / 60)

    @property
    def messages_per_second(self) -> float:
        """How fast single messages may be read, sustained; 0 when nothing limits it."""
        return self.rate / self.prices["messages.get"]

    def seconds_for(self, units: float, *, at_hand: float = 0.0) -> float:
        """How long spending `units` takes when `at_hand` of them may be spent at once."""
        return max(0.0, units - at_hand) / self.rate if self.units_per_minute else 0.0


def _tariff(units_per_minute: int, *, message: int, thread: int) -> Tariff:
    same = {"messages.list": 5, "history.list": 2, "getProfile": 1, "labels.list": 1}
    return Tariff(
        MappingProxyType({"messages.get": message, "threads.get": thread, **same}), units_per_minute
    )


TARIFFS: Mapping[str, Tariff] = MappingProxyType(
    {"2026": _tariff(6_000, message=20, thread=40), "legacy": _tariff(15_000, message=5, thread=10)}
)


def tariff_of(settings: Settings) -> Tariff:
    """What holds for this server's Google project."""
    found = TARIFFS[settings.gmail_quota_profile]
    units = settings.gmail_quota_units_per_minute
    return found if units is None else replace(found, units_per_minute=units)


class Purse(Protocol):
    """Where units come from: what is taken is gone for every process that shares it."""

    def take(self, least: int, most: int) -> tuple[int, float]:
        """Units granted (between `least` and `most`, or 0) and, when 0, seconds until asking again helps."""
        ...

    def give_back(self, units: int) -> None:
        """Units that were taken and not spent."""
        ...

    def drain(self) -> None:
        """Google says that nothing is left."""
        ...

    def put_off(self, seconds: float) -> None:
        """Google asks to wait so long before anything is asked again."""
        ...


class Meter:
    """The units of one source. Used by the thread that reads its answers."""

    def __init__(self, tariff: Tariff, purse: Purse | None, *, longest_wait_s: float) -> None:
        self.total = 0  # units used so far
        self.tariff = tariff
        self._purse = purse if tariff.units_per_minute else None
        self._longest_wait_s = longest_wait_s
        self._taken = 0  # taken and not promised to a call yet
        self._ask_at = 0.0
        self._hungry_since: float | None = None

    def count(self, method: str, calls: int = 1) -> None:
        """Calls that were answered."""
        self.total += self.tariff.prices[method] * calls

    def cover(self, prices: Sequence[int]) -> int:
        """How many of these calls, in this order, may be sent now; they count as sent. Raises
        SourceRateLimited when waiting for the next would take too long."""
        if self._purse is None:
            return len(prices)
        missing = sum(prices) - self._taken
        if missing > 0 and clock.monotonic() >= self._ask_at:
            self._refill(self._purse, missing, prices[0] - self._taken)
        covered = 0
        for price in prices:
            if price > self._taken:
                break
            self._taken -= price
            covered += 1
        return covered

    def idle_time(self) -> float:
        """Seconds until `cover` may say more than it did."""
        return max(0.0, self._ask_at - clock.monotonic())

    def drain(self) -> None:
        """Nothing is left, whatever the purse says."""
        self._taken = 0
        if self._purse is not None:
            self._purse.drain()

    def put_off(self, seconds: float) -> None:
        """Remember beyond this source's life that Google asks to wait."""
        if self._purse is not None:
            self._purse.put_off(seconds)

    def close(self) -> None:
        """Give back what was not spent."""
        if self._purse is not None and self._taken > 0:
            self._purse.give_back(self._taken)
        self._taken = 0

    def _refill(self, purse: Purse, missing: int, for_one: int) -> None:
        second = int(self.tariff.rate * _WORTH_ASKING_S * self.tariff.minute_s / 60)
        granted, wait_s = purse.take(min(missing, max(1, for_one, second)), max(missing, second))
        moment = clock.monotonic()
        if granted:
            self._taken += granted
            self._note_wait(moment)
            return
        self._hungry_since = moment if self._hungry_since is None else self._hungry_since
        if max(wait_s, moment - self._hungry_since) > self._longest_wait_s:
            self._note_wait(moment)
            raise SourceRateLimited(
                "Google's allowance for this mailbox is used up for now.", retry_after=max(wait_s, 30.0)
            )
        self._ask_at = moment + wait_s

    def _note_wait(self, moment: float) -> None:
        if self._hungry_since is not None:
            metrics.count_quota_wait("gmail", moment - self._hungry_since)
        self._hungry_since = None
