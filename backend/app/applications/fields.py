"""Values that people type in, as requests may carry them."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, Field


def _printable(value: str) -> str:
    if any(ord(c) < 32 or c == "\x7f" for c in value):
        raise ValueError("This is one line of text, without control characters.")
    return value


def _without_nul(value: str) -> str:
    if "\x00" in value:
        raise ValueError("This is text, without NUL characters.")
    return value


def _storable(value: AwareDatetime) -> AwareDatetime:
    if not 1970 <= value.year < 2200:
        raise ValueError("This moment is not of our time.")
    return value


Line = Annotated[str, Field(min_length=1, max_length=200, pattern=r"\S"), AfterValidator(_printable)]
Sentence = Annotated[str, Field(min_length=1, max_length=300, pattern=r"\S"), AfterValidator(_printable)]
Text = Annotated[str, Field(min_length=1, max_length=20_000, pattern=r"\S"), AfterValidator(_without_nul)]
Moment = Annotated[AwareDatetime, AfterValidator(_storable)]
WebAddress = Annotated[str, Field(max_length=2000, pattern=r"^https?://\S+$")]
Id = Annotated[int, Field(ge=1, le=2**31 - 1)]
