"""What of one mail leaves the house: subject, sender and the trimmed text, and nothing else of it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from app.classification.segments import READ_LIMIT, SHORT_REPLY, SegmentKind, segment
from app.classification.values import EmailClass, EmailValue, ThreadContext

TEXT_CHARS = 3_000
_TAIL_CHARS = 600
_LINE_CHARS = 300
_EARLIER = 6
_CUT = "\n[...]\n"
_SENT = (SegmentKind.BODY, SegmentKind.FORWARDED, SegmentKind.JOB_DESCRIPTION, SegmentKind.DIGEST)

_LINK = re.compile(r"\b(https?://[\w.-]+)(?::\d+)?/?[^\s<>\"')\]]*", re.IGNORECASE)
_ODD = re.compile(r"[^\n\t\x20-\x7e]")
_MARK = re.compile(r"<(?=[\s/]*mail\b)", re.IGNORECASE)
_BLANK_LINES = re.compile(r"\n\s*\n\s*\n+")
_BLANKS = re.compile(r"[ \t\f\v\u00a0]+")
# Sentences that are meant for a program that reads the mail, or that look like its rules or answers.
_ORDERS = re.compile(
    r"\b(?:ignor\w*|disregard|forget|override|vergiss|vergessen|oublie\w*)\b.{0,60}"
    r"\b(?:instruction|rule|prompt|anweisung|regel|consigne|r[eè]gle|above|previous|prior|vorherig)"
    r"|\b(?:system|developer) (?:prompt|message|instruction)"
    r"|\byou are (?:now )?(?:an? )?(?:ai|assistant|language model|llm|classifier|chatbot)\b"
    r"|\b(?:ai|llm|language model|assistant|classifier)\b.{0,40}\b(?:must|should|shall|please)\b"
    r"|\b(?:classif\w+|label|mark|rate|klassifizier\w*|classe[rz])\b.{0,40}"
    r"\b(?:as|als|comme)\b.{0,20}\b(?:offer|rejection|interview|spam|not[ _]job|angebot|absage|offre|refus)"
    r"|\b(?:all|every|each|the) (?:other|following|next|remaining) (?:e-?)?mails?\b"
    r"|email_class|\"answers\"|\"confidence\"|<\|?(?:im_start|im_end|system|assistant|user)\b|</?\s*mail\b|\[/?INST\]",
    re.IGNORECASE | re.DOTALL,
)
_CLASS_NAME = re.compile(r"\b(?:" + "|".join(c.value for c in EmailClass if "_" in c.value) + r")\b")


@dataclass(frozen=True, slots=True)
class Letter:
    """What is sent of one mail."""

    subject: str
    sender: str
    earlier: str
    text: str


def letter_of(email: EmailValue, context: ThreadContext) -> Letter:
    """The letter for one mail. Links keep their host alone: what follows often unlocks something."""
    subject = _one_line(email.subject)
    sender = _one_line(
        f"{email.sender_name} <{email.sender_email}>" if email.sender_name else email.sender_email
    )
    return Letter(subject, sender, _earlier(context), _own_text(email.text))


def gives_orders(email: EmailValue) -> bool:
    """Whether a mail speaks to a program; errs on the side of yes, which only means that it travels alone."""
    seen = _visible(f"{email.subject}\n{email.sender_name}\n{email.sender_email}\n{email.text[:READ_LIMIT]}")
    return bool(_ORDERS.search(seen) or _CLASS_NAME.search(seen))


def _own_text(text: str) -> str:
    segmented = segment(text[:READ_LIMIT])
    own = segmented.text_of(*_SENT)
    if len(own.strip()) < SHORT_REPLY:
        own = segmented.text_of(*_SENT, SegmentKind.QUOTED)
    clean = _harmless(own)
    clean = _BLANK_LINES.sub(
        "\n\n", "\n".join(_BLANKS.sub(" ", line).strip() for line in clean.split("\n"))
    ).strip()
    if len(clean) <= TEXT_CHARS:
        return clean
    return clean[: TEXT_CHARS - _TAIL_CHARS] + _CUT + clean[-_TAIL_CHARS:]


def _one_line(text: str) -> str:
    return _BLANKS.sub(" ", " ".join(_harmless(text).split()))[:_LINE_CHARS]


def _harmless(text: str) -> str:
    """Without invisible characters, without what could pass for a mark, links cut to their host."""
    return _MARK.sub("‹", _LINK.sub(r"\1", _visible(text)))


def _visible(text: str) -> str:
    return _ODD.sub(lambda found: _seen(found[0]), text)


@lru_cache(maxsize=4096)
def _seen(character: str) -> str:
    """Itself, or nothing: control, format and unassigned characters carry words that no person sees."""
    return "" if unicodedata.category(character) in {"Cc", "Cf", "Co", "Cn", "Cs"} else character


def _earlier(context: ThreadContext) -> str:
    """The classes of the mails before in the conversation, in our own words."""
    said = [c.value for c in context.previous_classes[-_EARLIER:]]
    if not said:
        return ""
    wrote = "; the user wrote in it too" if "out" in {d.value for d in context.previous_directions} else ""
    return ", ".join(said) + wrote
