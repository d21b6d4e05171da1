"""What a check of the installation or of an account found: one sentence, and one thing to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """Fine; worth knowing; something does not work."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Finding:
    """`action` is None where there is nothing to do; `mail_account_id` is set where it is about one account."""

    code: str
    level: Level
    sentence: str
    action: str | None = None
    mail_account_id: int | None = None


def worst(findings: list[Finding]) -> Level:
    """The level that the whole is at."""
    levels = {each.level for each in findings}
    return next((level for level in (Level.FAIL, Level.WARN) if level in levels), Level.OK)
