"""Gmail's search language, as far as Jobtrail uses it: `q` becomes a predicate over one message.

Words match whole words, without case and accents. Terms next to each other must all match, `OR` joins its
neighbours, `{}` means any, `-` means not, an operator may take a word, a "phrase" or a (group).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

Predicate = Callable[["SearchText"], bool]

_TOKEN = re.compile(
    r'\s*(?P<minus>-?)(?:(?P<field>[A-Za-z0-9]+):)?(?P<value>[({]|"[^"]*"|[^\s(){}"]+)|\s*(?P<close>[)}])'
)
_PACIFIC = timedelta(hours=8)
_HIDDEN = ("SPAM", "TRASH")
_PLACES = {"drafts": "DRAFT", "draft": "DRAFT", "chats": "CHAT", "chat": "CHAT"}


class BadSearch(Exception):
    """`q` can't be read."""


@dataclass(frozen=True)
class SearchText:
    """What of a message can be searched; texts are normalised words between spaces."""

    sender: str
    recipients: str
    cc: str
    subject: str
    body: str
    anywhere: str
    list_id: str
    message_id: str
    labels: frozenset[str]
    label_names: frozenset[str]
    internal_ms: int
    has_attachment: bool = False
    filenames: str = ""


def words(text: str) -> str:
    """Normalised words with one space around each, so that phrases can be found as substrings."""
    plain = text.casefold()
    if not plain.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    return " " + " ".join(re.findall(r"[^\W_]+", plain)) + " "


def search(q: str, *, include_spam_trash: bool = False) -> Predicate:
    """A predicate for `q`. Spam and trash are left out unless asked for here or named in `q`. Raises
    BadSearch."""
    parser = _Parser(q)
    wanted = parser.group("", None)
    if include_spam_trash or parser.names_hidden:
        return wanted
    return lambda text: not (text.labels & set(_HIDDEN)) and wanted(text)


@dataclass(frozen=True)
class _Phrases:
    """Any of these in one text. Queries name dozens: one loop is much faster than a predicate for each."""

    pick: Callable[[SearchText], str]
    phrases: tuple[str, ...]

    def __call__(self, text: SearchText) -> bool:
        content = self.pick(text)
        return any(phrase in content for phrase in self.phrases)


class _Parser:
    def __init__(self, q: str) -> None:
        self._q = q
        self._at = 0
        self.names_hidden = False

    def group(self, closer: str, field: str | None, *, any_of: bool = False) -> Predicate:
        """Terms up to `closer`; all of them, or any."""
        clauses: list[list[Predicate]] = []
        joined = False
        while True:
            token = _TOKEN.match(self._q, self._at)
            if token is None or not token.group().strip():
                if closer or self._q[self._at :].strip():
                    raise BadSearch(f"Unbalanced at {self._at}")
                break
            self._at = token.end()
            if token["close"]:
                if token["close"] != closer:
                    raise BadSearch(f"Unexpected {token['close']}")
                break
            if token["value"] == "OR" and not token["field"] and not token["minus"]:
                joined = True
                continue
            term = self._term(token, field)
            if joined and clauses:
                last = clauses[-1][-1]
                if isinstance(last, _Phrases) and isinstance(term, _Phrases) and last.pick is term.pick:
                    clauses[-1][-1] = _Phrases(last.pick, last.phrases + term.phrases)
                else:
                    clauses[-1].append(term)
            else:
                clauses.append([term])
            joined = False
        fold = any if any_of else all
        return lambda text: fold(any(term(text) for term in clause) for clause in clauses)

    def _term(self, token: re.Match[str], field: str | None) -> Predicate:
        value, name = token["value"], (token["field"] or "").lower() or field
        if value == "(":
            found = self.group(")", name)
        elif value == "{":
            found = self.group("}", name, any_of=True)
        else:
            negative = bool(token["minus"])
            if (
                name in ("in", "label", "is")
                and not negative
                and value.lower() in ("spam", "trash", "anywhere")
            ):
                self.names_hidden = True
            found = _leaf(name, value.strip('"'))
        return (lambda text: not found(text)) if token["minus"] else found


def _leaf(field: str | None, value: str) -> Predicate:
    if field in _TEXTS:
        return _Phrases(_TEXTS[field], (words(value),))
    if field in ("after", "before"):
        edge = _moment_ms(value)
        return (
            (lambda text: text.internal_ms > edge)
            if field == "after"
            else (lambda text: text.internal_ms < edge)
        )
    if field == "category":
        label = f"CATEGORY_{value.upper()}"
        return lambda text: label in text.labels
    if field in ("in", "label", "is"):
        return _place(value)
    if field == "rfc822msgid":
        wanted = value.strip("<>").lower()
        return lambda text: text.message_id.strip("<>").lower() == wanted
    if field == "has":
        return lambda text: text.has_attachment
    raise BadSearch(f"Unknown operator {field}:")


_TEXTS: dict[str | None, Callable[[SearchText], str]] = {
    None: lambda text: text.anywhere,
    "from": lambda text: text.sender,
    "to": lambda text: text.recipients + text.cc,
    "cc": lambda text: text.cc,
    "subject": lambda text: text.subject,
    "list": lambda text: text.list_id,
    "filename": lambda text: text.filenames,
}


def _place(value: str) -> Predicate:
    if value.lower() == "anywhere":
        return lambda _text: True
    wanted = _PLACES.get(value.lower(), value.upper())
    return lambda text: wanted in text.labels or value.lower() in text.label_names


def _moment_ms(value: str) -> int:
    """Epoch seconds, or a date, which begins at midnight Pacific (standard) time."""
    if value.isdigit() and len(value) > 8:
        return int(value) * 1000
    found = re.fullmatch(r"(\d{4})[/-](\d{1,2})[/-](\d{1,2})", value)
    if found is None:
        raise BadSearch(f"Not a date: {value}")
    year, month, day = (int(part) for part in found.groups())
    return int((datetime(year, month, day, tzinfo=UTC) + _PACIFIC).timestamp() * 1000)
