"""What goes to a model and what comes back, for every vendor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit


class Provider(StrEnum):
    """The two wire formats that are spoken."""

    OPENAI = "openai"  # and everything compatible with it
    ANTHROPIC = "anthropic"


class Form(StrEnum):
    """How an answer's form is asked for, the strictest first: the rungs of the ladder."""

    SCHEMA = "json_schema"
    OBJECT = "json_object"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class LlmConfig:
    """One configured model. `base_url` is where requests go, `key` may be empty for servers that want none."""

    provider: Provider
    model: str
    base_url: str
    key: str = field(repr=False)
    temperature: float
    max_tokens: int
    timeout_s: float
    max_in_flight: int
    budget_usd_per_day: float | None = None
    price_input: float | None = None  # USD per million tokens, where a person has set it
    price_output: float | None = None
    offline: bool = False
    first_wait_s: float = 0.5  # before the second try, where the provider doesn't say how long

    @property
    def host(self) -> str:
        """The host (and port, where one is named) that is contacted."""
        return urlsplit(self.base_url).netloc.rpartition("@")[2]

    @property
    def endpoint(self) -> str:
        """What shares abilities and troubles: the same model at the same address."""
        return f"{self.provider.value} {self.base_url} {self.model}"


@dataclass(frozen=True, slots=True)
class Question:
    """One request: the rules (`system`), the data in parts, and the JSON schema that the answer must have.

    `purpose`, `items` and `prompt_version` are for the books: what it is for, about how many mails, by which prompt.
    """

    purpose: str
    system: str
    parts: tuple[str, ...]
    schema: Mapping[str, Any]
    items: int = 1
    prompt_version: str = ""

    @property
    def user(self) -> str:
        """The data as they are sent."""
        return "\n\n".join(self.parts)


@dataclass(frozen=True, slots=True)
class Turn:
    """An answer that could not be used and what is said about it: the one repair."""

    answer: str
    complaint: str


@dataclass(frozen=True, slots=True)
class Reply:
    """What one request brought back. `cut_off`: the model ran out of tokens. Tokens are None where not told."""

    text: str
    input_tokens: int | None
    output_tokens: int | None
    cut_off: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """A usable answer: parsed JSON, or the complete objects of one that was cut off (`whole` is false)."""

    content: dict[str, Any]
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Asker:
    """On whose behalf, and within which run, words leave the house."""

    user_id: int
    run_id: str | None = None
