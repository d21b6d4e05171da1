"""Find the language acts in a sentence: what it does ("declines", "asks for times"), not which words it uses.

Cues live in `cues/`, one module per language, all with the same act names. A cue is a regular expression over
a normalised sentence (lower case, single spaces, no commas) in a small notation:

- `@word` or `@(one|two)` marks the word that must be there for the cue to be tried at all; every cue has one,
  so that a sentence only ever meets the few cues whose word it contains;
- ` .. ` is a gap of up to four words, ` ... ` one of up to nine;
- `<NAME>` is a fragment shared by the cues of that language.

All cues that share a marked word and an act are compiled into one alternation. Sentences are at most 600
characters and gaps are bounded, so matching time is linear in the mail's length.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import islice

from app.classification.act_names import Act

MAX_NORMALISED = 600


@dataclass(frozen=True, slots=True)
class ActHit:
    """One act found in one sentence, with the grammar around it."""

    act: Act
    conditional: bool
    negated: bool


_ANCHOR = re.compile(r"@(\(([^()]*)\)|[\w']+)")
_FRAGMENT = re.compile(r"<([A-Z_]+)>")
_DROP = re.compile(r"[^\w'\-?%$€£:/@&+.#]+")
_LOOSE = re.compile(r"[.:\-/](?=\s|$)|(?<!\S)[.\-'](?=\S)")
_WORD = re.compile(r"\w+(?:'\w+)?")
_CONTRACTION = re.compile(r"(?<=\w)(?:n't|'(?:ll|ve|re|d|m))(?!\w)")
_EXPANDED = {"n't": " not", "'ll": " will", "'ve": " have", "'re": " are", "'d": " would", "'m": " am"}

_CONDITION = re.compile(
    r"(?<!know )(?<!see )(?<!wondering )(?<!wonder )(?<!check )(?<!ask )(?<!asking )(?<!confirm )\b(?:if"
    r"|unless|in case"
    r"|in the event|should (?:you|your|we|there|things|it|the|any|a)|whether|assuming|provided that"
    r"|as soon as|hopefully"
    r"|before we|potential|potentially|successful (?:candidates?|applicants?)"
    r"|(?:selected|shortlisted|short-listed|qualified|suitable) (?:candidates?|applicants?|individuals?)"
    r"|(?:candidates?|applicants?|those|individuals|anyone) (?:who|that|selected|invited)"
    r"|only (?:candidates?|applicants?|those)"
    r"|falls|wenn|sofern|sollten? (?:sie|ihre?|wir|du|deine?)|im falle|si (?:votre|vous|nous)|en cas"
    r"|dans le cas"
    r"|si (?:su|tu|usted)|en caso|caso|se (?:o seu|voc[êe]|for)|indien|mocht)\b"
)
_NEGATION = re.compile(
    r"\b(?:not|never|no longer|unable|without|yet to|nicht|keine?n?|noch nicht|ne|n'avons|pas|no|nunca"
    r"|n[ãa]o|niet|geen)\b"
    r"(?: \S+){0,3} ?$"
)
# "Unfortunately we can't reply to everyone" refuses nobody.
_NOT_EVERYONE = re.compile(
    r"\b(?:respond|reply|contact|hire|meet|speak|write|get back)\b(?: \S+){0,4} "
    r"(?:every|each|all|everyone|individually|personally)\b"
)
# Who calls an appointment off refuses nobody: "wir müssen das Gespräch am Dienstag absagen".
_CALLS_OFF = re.compile(
    r"\b(?:cancel(?:led|ed|ling)?|postponed?|rescheduled?|moved|called off|absage|absagen|abgesagt|entfallen"
    r"|entfällt|ausfallen|verschieben|verschoben|verlegen|verlegt|stattfinden|annulée?|reportée?|décalée?)\b"
)
_APPOINTMENT = (
    r"(?:interviews?|calls?|meetings?|appointments?|conversations?|\w*gespr[äa]che?s?|\w*interviewtermins?"
    r"|\w*termine?s?|telefonate?|treffen|(?:l')?entretiens?|entrevues?|rendez-vous|(?:l')?échange)\b"
)
_ITS_NAME = re.compile(r"\b" + _APPOINTMENT)
_ITS_OBJECT = re.compile(r"(?: \S+){0,3}? " + _APPOINTMENT)
_LOOKS_BACK = re.compile(r"\b(?:für|nach|following|after|suite à|après|lors de)(?: \S+){1,2} $")
_MEANS_MORE = re.compile(
    r"\b(?:ihnen|dir|euch|\w*bewerbung|hiring|recruitment|recrutement"
    r"|(?<!for )(?<!of )(?<!pour )(?:the|this|our|that|die|le|ce) "
    r"(?:position|role|vacancy|search|requisition|stelle|poste))\b"
)
_OFF_AT_MOST = 3
_OFF_REACH = 100  # characters from the appointment to the word that calls it off
_BREAK = re.compile(
    r"\b(?:but|however|unfortunately|although|nevertheless|regrettably|aber|jedoch|leider|mais"
    r"|malheureusement)\b|;"
)
_LATER_IF = frozenset(
    {Act.CONTACT_IF_MATCH, Act.INVITE_TALK, Act.TEST_INVITE, Act.FIXED_SLOT, Act.OFFER_TERMS}
)
# Acts whose cues may hold a denial of their own ("no decision yet").
_OWN_NEGATION = frozenset(
    {
        Act.DECLINE,
        Act.REGRET,
        Act.PRELUDE,
        Act.FILLED,
        Act.CONTACT_IF_MATCH,
        Act.PROGRESS,
        Act.ASK_INFO,
        Act.PITCH,
        Act.DIGEST_ITEM,
        Act.ACCOUNT,
        Act.PROMOTION,
        Act.CHATTER,
    }
)
_REFUSALS = frozenset({Act.DECLINE, Act.FILLED})
_DENIED = re.compile(r"\b(?:not|never|no longer|unable|nicht|keine?n?|pas|n[ãa]o|niet)\b")


def normalise(sentence: str) -> str:
    """The form that cues are written for: lower case, single spaces, no commas, contractions spelt out."""
    text = (
        sentence[:MAX_NORMALISED]
        .lower()
        .replace("’", "'")
        .replace("‘", "'")
        .replace("´", "'")
        .replace("`", "'")
    )
    if "'" in text:
        text = text.replace("won't", "will not").replace("can't", "can not")
        text = _CONTRACTION.sub(lambda m: _EXPANDED[m.group()], text)
    text = text.replace("cannot", "can not")
    return _LOOSE.sub("", _DROP.sub(" ", text)).strip()


def find_acts(sentence: str) -> tuple[ActHit, ...]:
    """The acts of one raw sentence, each at most once, in the order of `Act`."""
    return find_acts_normalised(normalise(sentence))


def find_acts_normalised(text: str) -> tuple[ActHit, ...]:
    """The same for a sentence that is normalised already."""
    index = _index()
    found: dict[Act, ActHit] = {}
    refusing: str | None = None
    for word in set(_WORD.findall(text)):
        for act, pattern in index.get(word, ()):
            known = found.get(act)
            if known is not None and not known.conditional and not known.negated:
                continue
            where = text
            if act in _REFUSALS:
                where = refusing = refusing or _without_called_off(text)
            match = pattern.search(where)
            if match is None:
                continue
            hit = _judge(act, where, match.start(), match.end())
            if known is None or (known.conditional, known.negated) > (hit.conditional, hit.negated):
                found[act] = hit
    if Act.TEST_DONE in found:
        # "Thank you for completing the assessment" looks back: it invites to nothing.
        found.pop(Act.TEST_INVITE, None)
        found.pop(Act.RECEIVED, None)
    if Act.AFTER_TALK in found:
        found.pop(Act.FIXED_SLOT, None)
    if Act.REGRET in found and Act.PRELUDE in found and _NOT_EVERYONE.search(text):
        found.pop(Act.REGRET)
        found.pop(Act.DECLINE, None)
    return tuple(found[act] for act in Act if act in found)


def _without_called_off(text: str) -> str:
    """The text with one odd word in the place of those that call an appointment off, for cues of refusals."""
    for word in islice(_CALLS_OFF.finditer(text), _OFF_AT_MOST):
        begin, end = word.span()
        names = list(_ITS_NAME.finditer(text, max(0, begin - _OFF_REACH), begin))
        after = _ITS_OBJECT.match(text, end)
        if names and not _MEANS_MORE.search(text, names[-1].end(), begin):
            begin = names[-1].start()
            if _LOOKS_BACK.search(text[max(0, begin - 40) : begin]):
                continue
        elif after is not None:
            end = after.end()
        else:
            continue
        text = text[:begin] + "_" * (end - begin) + text[end:]
    return text


def _judge(act: Act, text: str, start: int, end: int) -> ActHit:
    """Whether the act is only promised under a condition, or denied, in its own clause."""
    before = text[:start]
    turns = list(_BREAK.finditer(before))
    clause = before[turns[-1].end() :] if turns else before
    conditional = bool(_CONDITION.search(clause)) or bool(_CONDITION.match(text, start))
    if not conditional and act in _LATER_IF:
        after = text[end : end + 80]
        conditional = bool(_CONDITION.search(after)) and not re.match(
            r".{0,40}\b(?:questions?|interested|problem)", after
        )
    negated = act not in _OWN_NEGATION and bool(
        _DENIED.search(text, start, end) or _NEGATION.search(clause[-60:])
    )
    return ActHit(act, conditional, negated)


@cache
def _index() -> dict[str, tuple[tuple[Act, re.Pattern[str]], ...]]:
    """Marked word -> the acts it may announce, each with one compiled alternation."""
    from app.classification.corpus.cues import LANGUAGES

    grouped: dict[tuple[str, Act], list[str]] = {}
    for language in LANGUAGES:
        for act, cues in language.CUES.items():
            for cue in cues:
                words, pattern = compile_cue(cue, language.FRAGMENTS)
                for word in words:
                    grouped.setdefault((word, act), []).append(pattern)
    index: dict[str, list[tuple[Act, re.Pattern[str]]]] = {}
    for (word, act), patterns in grouped.items():
        joined = re.compile(r"(?<!\w)(?:" + "|".join(dict.fromkeys(patterns)) + r")(?!\w)")
        index.setdefault(word, []).append((act, joined))
    return {word: tuple(entries) for word, entries in index.items()}


def compile_cue(cue: str, fragments: Mapping[str, str]) -> tuple[tuple[str, ...], str]:
    """A cue's marked words and its regular expression. ValueError when it marks no word."""
    anchor = _ANCHOR.search(cue)
    if anchor is None:
        raise ValueError(f"cue without a marked word: {cue}")
    words = anchor.group(2) or anchor.group(1)
    triggers = [_WORD.match(word) for word in words.split("|")]
    plain = cue[: anchor.start()] + f"(?:{words})" + cue[anchor.end() :]

    def expand(match: re.Match[str]) -> str:
        if match.group(1) not in fragments:
            raise ValueError(f"unknown fragment in cue: {cue}")
        return f"(?:{fragments[match.group(1)]})"

    plain = _FRAGMENT.sub(expand, plain)
    plain = plain.replace(" ... ", r"(?: \S+){0,9} ").replace(" .. ", r"(?: \S+){0,4} ")
    if not all(triggers) or set(words) & set("?*+[]\\"):
        raise ValueError(f"a marked word must be a plain word: {cue}")
    return tuple(t.group() for t in triggers if t), plain


def strongest(hits: Iterable[ActHit]) -> frozenset[Act]:
    """The acts that are asserted: neither conditional nor denied."""
    return frozenset(h.act for h in hits if not h.conditional and not h.negated)
