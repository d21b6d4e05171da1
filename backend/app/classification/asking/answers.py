"""What a model answered about mails: each answer checked by itself, matched by id, its quote found in the mail."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from app.classification.segments import READ_LIMIT
from app.classification.values import EmailClass, EmailValue, Evidence, EvidenceField

LABEL = "model_quote"
_NAME_CHARS = 120
_QUOTE_CHARS = 600
_SHORTEST_QUOTE = 8  # letters and digits: less stands in any mail
_SHORTEST_NAME = 2
_TRIM = "\"'“”„‚‘’«»…. \n\t"


class MailAnswer(BaseModel):
    """One mail's answer. Names that are too long to be names count as none; everything else must be right."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    email_class: EmailClass
    confidence: Annotated[float, Field(strict=True, ge=0, le=1, allow_inf_nan=False)]
    company_name: str | None = None
    job_title: str | None = None
    quote: str | None = None

    @field_validator("company_name", "job_title", mode="after")
    @classmethod
    def _name(cls, value: str | None) -> str | None:
        bare = " ".join(value.split()) if value else ""
        return (
            bare
            if bare and len(bare) <= _NAME_CHARS and bare.lower() not in {"null", "none", "n/a"}
            else None
        )

    @field_validator("quote", mode="after")
    @classmethod
    def _words(cls, value: str | None) -> str | None:
        return value.strip()[:_QUOTE_CHARS] if value and value.strip() else None


@dataclass(frozen=True, slots=True)
class Span:
    """Where a quote stands in a mail; half open."""

    field: EvidenceField
    start: int
    end: int


def match_answers(content: Mapping[str, Any], ids: Sequence[str]) -> dict[str, MailAnswer]:
    """The valid answers by mail id. An id that is missing, named twice or not ours gets none."""
    given = content.get("answers")
    items = [item for item in given if isinstance(item, dict)] if isinstance(given, list) else []
    named = Counter(str(item.get("id")) for item in items)
    found: dict[str, MailAnswer] = {}
    for item in items:
        mail_id = str(item.get("id"))
        if mail_id in ids and named[mail_id] == 1 and (answer := read_item(item)) is not None:
            found[mail_id] = answer
    return found


def read_item(item: Mapping[str, Any]) -> MailAnswer | None:
    """The answer, if its form is right."""
    try:
        return MailAnswer.model_validate(item)
    except ValidationError:
        return None


def find_quote(email: EmailValue, quote: str | None) -> Span | None:
    """Where the mail says that. Case, blanks and kinds of punctuation may differ; words may not."""
    bare = (quote or "").strip(_TRIM)
    wanted, _ = _folded(bare)
    if len(wanted) < _SHORTEST_QUOTE:
        return None
    read = email.text[:READ_LIMIT]
    if (at := read.find(bare)) >= 0:
        return Span(EvidenceField.TEXT, at, at + len(bare))
    for field, text in ((EvidenceField.TEXT, read), (EvidenceField.SUBJECT, email.subject)):
        folded, places = _folded(text)
        at = folded.find(wanted)
        if at >= 0:
            return Span(field, places[at], places[at + len(wanted) - 1] + 1)
    return None


def evidence_of(span: Span) -> Evidence:
    return Evidence(span.field, span.start, span.end, LABEL)


def is_stated(email: EmailValue, name: str) -> bool:
    """Whether the mail has these words, in its subject, sender or text."""
    whole = f"{email.subject}\n{email.sender_name}\n{email.sender_email}\n{email.text[:READ_LIMIT]}"
    wanted = _folded(name)[0]
    return len(wanted) >= _SHORTEST_NAME and (name in whole or wanted in _folded(whole)[0])


def _folded(text: str) -> tuple[str, list[int]]:
    """Letters and digits in lower case, and where each stood."""
    letters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        if not character.isalnum():
            continue
        for folded in unicodedata.normalize("NFKC", character).lower():
            letters.append(folded)
            places.append(place)
    return "".join(letters), places
