"""The units that Google allows one mailbox, kept in the database: shared between processes, kept over restarts.

A bucket holds a minute's units and refills evenly. The row says only when the bucket will be full again: what
is in it follows from the time. A background reader leaves a tenth of a minute to others, and takes nothing
shortly after somebody in the foreground took.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.core import db
from app.core.clock import now
from app.mail import repository
from app.mail.gmail.quota import Tariff

_LEFT_TO_OTHERS = 0.1
_BUSY = 3 / 60  # of a minute: so long after a foreground reader took something, the background waits
_LONGEST_DELAY = timedelta(days=1)  # moments that Google names can be wrong


@dataclass(frozen=True, slots=True)
class Level:
    """A bucket at one moment: when it will be full, and until when somebody in the foreground wants it."""

    full_at: datetime
    wanted_until: datetime | None = None


def units_at(level: Level, tariff: Tariff, moment: datetime) -> float:
    """What is in the bucket. Never less than nothing, even if the clock was set back."""
    lacking_s = max(0.0, (level.full_at - moment).total_seconds())
    return max(0.0, tariff.burst - lacking_s * tariff.rate)


def draw(
    level: Level, tariff: Tariff, moment: datetime, least: int, most: int, *, background: bool
) -> tuple[Level, int, float]:
    """The bucket afterwards, the units granted, and seconds to wait when there are none."""
    busy = timedelta(seconds=_BUSY * tariff.minute_s)
    left = level.wanted_until - moment if level.wanted_until is not None else timedelta()
    if background and timedelta() < left <= busy:
        return level, 0, left.total_seconds()
    kept = tariff.burst * _LEFT_TO_OTHERS if background else 0.0
    wanted_until = level.wanted_until if background else moment + busy
    least = max(1, min(least, int(tariff.burst - kept)))
    inside = units_at(level, tariff, moment)
    if inside - kept < least:
        # The clock may have been set back: no bucket takes longer to fill than this.
        latest = moment + timedelta(seconds=tariff.minute_s)
        return Level(min(level.full_at, latest), wanted_until), 0, (least + kept - inside) / tariff.rate
    granted = max(least, min(most, int(inside - kept)))
    return Level(_full_at(tariff, moment, inside - granted), wanted_until), granted, 0.0


def _full_at(tariff: Tariff, moment: datetime, inside: float) -> datetime:
    lacking = tariff.burst - min(max(inside, 0.0), tariff.burst)
    return moment + timedelta(seconds=lacking / tariff.rate)


@dataclass(frozen=True, slots=True)
class Bucket:
    """The bucket of one mailbox (a gmail.quota.Purse). Every call is one short transaction of its own."""

    address: str
    tariff: Tariff
    background: bool = False

    def take(self, least: int, most: int) -> tuple[int, float]:
        """Units granted and, when none, seconds until there may be some."""
        granted, wait_s = 0, 0.0

        def change(level: Level, moment: datetime) -> Level:
            nonlocal granted, wait_s
            after, granted, wait_s = draw(level, self.tariff, moment, least, most, background=self.background)
            return after

        self._change(change)
        return granted, wait_s

    def give_back(self, units: int) -> None:
        """Put back what was not spent."""

        def change(level: Level, moment: datetime) -> Level:
            inside = units_at(level, self.tariff, moment) + units
            return Level(_full_at(self.tariff, moment, inside), level.wanted_until)

        self._change(change)

    def drain(self) -> None:
        """Empty it: Google counts differently."""
        self._change(lambda level, moment: Level(_full_at(self.tariff, moment, 0.0), level.wanted_until))

    def put_off(self, seconds: float) -> None:
        """Note with every account of this mailbox that nothing may be asked for so long."""
        until = now() + min(timedelta(seconds=seconds), _LONGEST_DELAY)
        with db.transaction() as session:
            repository.put_off_reading(session, self.address, until)

    def _change(self, change: Callable[[Level, datetime], Level]) -> None:
        with db.transaction() as session:
            row = repository.lock_bucket(session, self.address, now())
            after = change(Level(row.full_at, row.wanted_until), now())
            row.full_at, row.wanted_until = after.full_at, after.wanted_until


def units_at_hand(address: str, tariff: Tariff) -> float:
    """What may be spent at once on this mailbox."""
    with db.read_session() as session:
        row = repository.find_bucket(session, address)
    return tariff.burst if row is None else units_at(Level(row.full_at), tariff, now())
