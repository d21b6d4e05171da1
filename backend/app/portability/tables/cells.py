"""Values as cells of a table, harmless in any spreadsheet; and CSV lines made of them. Pure."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

# What makes a spreadsheet take a text for a formula; the wide forms count in some locales.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_SUSPECT = frozenset({" ", *_FORMULA})
GUARD = "'"

Value = str | int | float | datetime | bool | Sequence[str] | None


def text_of(value: Value, zone: ZoneInfo) -> str | int | float:
    """A value as people write it: moments in `zone`, to the minute; lists with commas; nothing for None.

    Numbers stay numbers. The text may begin a formula: see `harmless`.
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return value
    if isinstance(value, datetime):
        return value.astimezone(zone).replace(tzinfo=None).isoformat(" ", "minutes")
    return ", ".join(value)


def harmless(text: str) -> str:
    """The text, with an apostrophe before it when a spreadsheet would run it as a formula."""
    if text[:1] not in _SUSPECT:
        return text
    return GUARD + text if text.lstrip(" ").startswith(_FORMULA) else text


def unguarded(text: str) -> str:
    """What `harmless` was given."""
    return text[1:] if text.startswith(GUARD) and harmless(text[1:]) == text else text


def csv_lines(rows: Iterable[Sequence[str | int | float]], separator: str = ",") -> str:
    """Rows as CSV (RFC 4180); no cell is a formula."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator="\r\n")
    writer.writerows([harmless(c) if isinstance(c, str) else c for c in row] for row in rows)
    return out.getvalue()
