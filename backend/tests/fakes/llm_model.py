"""A pretend language model: reads the prompt as it was sent, and does what a simple-minded model would.

It judges each fenced mail by a few words. Whatever stands outside the fences it takes for orders and obeys, and it
thinks that any mark ends a fence: an instruction that leaks out of a mail changes its answers, and the tests see it.
"""

from __future__ import annotations

import json
import re
from typing import Any

_FENCED = re.compile(r'<mail id="([a-z]+)">\n(.*?)\n</mail id="\1">', re.DOTALL)
_SLOPPILY_FENCED = re.compile(r"<mail\b.*?</mail\b[^>]*>", re.DOTALL | re.IGNORECASE)
_FIELD = re.compile(r"^(subject|from|earlier): ?(.*)$", re.MULTILINE)
_ORDER = re.compile(r"(?:mark|classify|label) (?:all|every|the other|each)\b.*?\bas ([A-Z_]+)", re.IGNORECASE)
_CLASSES: tuple[tuple[str, str], ...] = (
    ("REJECTION", r"unfortunately|other candidates|not be moving forward|not selected"),
    ("OFFER", r"pleased to offer|offer letter|employment contract"),
    ("ASSESSMENT", r"coding challenge|online assessment|take-home"),
    ("INTERVIEW_REQUEST", r"\binterview\b|your availability"),
    ("APPLICATION_RECEIVED", r"received your application|thank you for applying"),
    ("STATUS_UPDATE", r"still under review|still reviewing|update on your application"),
    ("JOB_ALERT", r"jobs for you|new jobs"),
)


def answer_for(user: str) -> dict[str, Any]:
    """What the model says to the user's message."""
    mails = _FENCED.findall(user)
    if not mails:
        return {"answer": "ready"}
    order = _ORDER.search(_SLOPPILY_FENCED.sub("", user))
    answers = [judge(mail_id, inside) for mail_id, inside in mails]
    if order:
        for answer in answers:
            answer["email_class"] = order[1].upper()
    return {"answers": answers}


def ids_in(user: str) -> list[str]:
    """The ids of the mails in the message."""
    return [mail_id for mail_id, _ in _FENCED.findall(user)]


def judge(mail_id: str, inside: str) -> dict[str, Any]:
    """One mail, by the first words that are known; the sentence with them is the quote."""
    head, _, text = inside.partition("text:\n")
    fields = dict(_FIELD.findall(head))
    for name, words in _CLASSES:
        found = re.search(words, text, re.IGNORECASE)
        if found:
            return _item(mail_id, name, 0.92, _sentence(text, found.start()), fields)
    return _item(mail_id, "NOT_JOB_RELATED", 0.9, None, fields)


def tokens_of(text: str) -> int:
    return max(1, len(text) // 4)


def _item(
    mail_id: str, name: str, confidence: float, quote: str | None, fields: dict[str, str]
) -> dict[str, Any]:
    company = re.match(r"([A-Z][a-z]+)", fields.get("from", ""))
    return {
        "id": mail_id,
        "email_class": name,
        "confidence": confidence,
        "company_name": company[1] if company else None,
        "job_title": None,
        "quote": quote,
    }


def _sentence(text: str, at: int) -> str:
    start = max(text.rfind(". ", 0, at) + 2, text.rfind("\n", 0, at) + 1, 0)
    ends = [i for i in (text.find(". ", at), text.find("\n", at)) if i >= 0]
    return text[start : min(ends) if ends else len(text)].strip()


def written(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False)
