"""From a model's words to JSON: strict where it can be, and what is whole of an answer that was cut off."""

from __future__ import annotations

import json
import re
from typing import Any

from app.llm.values import Answer

_FENCE = re.compile(r"^\s*```(?:json)?\s*|\s*```\s*$", re.IGNORECASE)
_LIST = re.compile(r'"(\w+)"\s*:\s*\[')
_DECODER = json.JSONDecoder()


def read_answer(text: str, *, cut_off: bool) -> Answer | None:
    """The JSON object in `text`; None when there is none. A text around it is passed over."""
    bare = _FENCE.sub("", text)
    start = bare.find("{")
    if start < 0:
        return None
    found = _decode(bare, start)
    if found is not None and isinstance(found[0], dict):
        return Answer(found[0])
    return _salvage(bare) if cut_off else None


def _decode(text: str, start: int) -> tuple[Any, int] | None:
    try:
        return _DECODER.raw_decode(text, start)
    except (ValueError, RecursionError):
        return None


def _salvage(text: str) -> Answer | None:
    """The complete objects of the first list."""
    head = _LIST.search(text)
    if head is None:
        return None
    items: list[Any] = []
    at = head.end()
    while (begin := text.find("{", at)) >= 0:
        found = _decode(text, begin)
        if found is None:
            break
        items.append(found[0])
        at = found[1]
    return Answer({head[1]: items}, whole=False) if items else None
