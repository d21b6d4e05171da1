"""What a Gmail call costs in quota units (projects made since May 2026), and the count of one source."""

from __future__ import annotations

PRICES: dict[str, int] = {
    "messages.get": 20,
    "messages.list": 5,
    "history.list": 2,
    "getProfile": 1,
    "labels.list": 1,
}


class UnitCounter:
    """Units used so far. Counted by the thread that reads the answers."""

    def __init__(self) -> None:
        self.total = 0

    def add(self, method: str, calls: int = 1) -> None:
        self.total += PRICES[method] * calls
