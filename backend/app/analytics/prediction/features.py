"""What could be seen of an application at a moment, and what became of it. Pure functions of values."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

DAY = 86_400
SILENT_DAYS = 90
# The first is the one the model is measured at; the later ones teach it what longer waiting means.
LANDMARKS = (1, 2, 4, 8)


@dataclass(frozen=True, slots=True)
class History:
    """One application; moments are whole seconds. `success` is when an interview or offer was reached, `ended` when
    it was rejected or withdrawn; `mails` are (when, class), oldest first, class None for own mail."""

    application_id: int
    received: int
    success: int | None
    ended: int | None
    source: str
    level: str | None
    mails: tuple[tuple[int, str | None], ...]


@dataclass(frozen=True, slots=True)
class Sight:
    """What could be seen of it at one moment."""

    application_id: int
    category: str
    days_received: int
    days_activity: int
    source: str
    level: str


@dataclass(frozen=True, slots=True)
class Example:
    """What was seen `cutoff_day` days after the first sign of it, and whether it succeeded later."""

    cutoff_day: int
    sight: Sight
    target: bool


def see(history: History, at: int) -> Sight:
    """The application as of `at`: nothing that came later plays a part."""
    seen = history.mails[: bisect_right(history.mails, at, key=lambda mail: mail[0])]
    incoming = [email_class for _, email_class in seen if email_class is not None]
    last = max(history.received, seen[-1][0]) if seen else history.received
    return Sight(
        history.application_id,
        incoming[-1] if incoming else "none",
        max(0, at - history.received) // DAY,
        max(0, at - last) // DAY,
        history.source,
        history.level or "unknown",
    )


def outcome(history: History, now: int) -> tuple[bool, int] | None:
    """(whether it succeeded, when that was certain); None while it is open. Silence for 90 days is an end."""
    if history.success is not None:
        return True, history.success
    if history.ended is not None:
        return False, history.ended
    last = max([history.received, *(at for at, _ in history.mails[-1:])])
    certain = last + SILENT_DAYS * DAY
    return (False, certain) if certain <= now else None


def examples_of(histories: Sequence[History], now: int, cutoff_day: int) -> list[Example]:
    """Applications whose outcome is known, as they were at the cut-off and at multiples of it, while still open."""
    found: list[Example] = []
    for history in histories:
        known = outcome(history, now)
        if known is None:
            continue
        target, certain = known
        for times in LANDMARKS:
            at = history.received + times * cutoff_day * DAY
            if certain <= at:
                break
            found.append(Example(times * cutoff_day, see(history, at), target))
    return found


def open_sights(histories: Sequence[History], now: int) -> list[Sight]:
    """Applications that may still succeed, as they are now."""
    return [see(h, now) for h in histories if outcome(h, now) is None]
