"""A reading as numbers: acts by position, condition and denial, facts, and a few words of context.

The names are stable strings, so that a model's weights can be read ("p:decline", "s:invite_talk").
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from app.classification.act_names import Act
from app.classification.acts import ActHit
from app.classification.reading import Reading

FIRST = 4
_WORD = re.compile(r"[^\W\d_]{2,}")

_NOISE = frozenset(
    {Act.COMMERCE, Act.PROMOTION, Act.CHATTER, Act.EMPLOYEE, Act.ACCOUNT, Act.OTHER_APPLICATION}
)
_CANDIDATE = frozenset(
    {
        Act.THANKS,
        Act.AFTER_TALK,
        Act.RECEIVED,
        Act.WILL_REVIEW,
        Act.CONTACT_IF_MATCH,
        Act.DECLINE,
        Act.FILLED,
        Act.KEEP_ON_FILE,
        Act.INVITE_TALK,
        Act.TEST_INVITE,
        Act.OFFER_TERMS,
        Act.PROGRESS,
    }
)


def extract_features(reading: Reading) -> dict[str, float]:
    """Feature name -> value, all of about the size of one."""
    features: dict[str, float] = {}
    seen: dict[str, float] = {}
    for hit in reading.subject_acts:
        _note(seen, "s", hit)
    for index, sentence in enumerate(reading.voting):
        zone = "f" if index < FIRST else "r"
        for hit in sentence.acts:
            _note(seen, zone, hit)
    asserted = {name[2:] for name in seen if name[:2] in {"s:", "f:", "r:"}}
    for name, count in seen.items():
        features[name] = min(count, 3.0) / 1.5 if name[1] == ":" else 0.5
    for act in asserted:
        features[f"p:{act}"] = 1.0
    features.update(_shares(reading))
    for fact in reading.facts.names:
        features[f"h:{fact}"] = 1.0
    if reading.facts.calendar_method:
        features[f"cal:{reading.facts.calendar_method}"] = 1.0
    features["len:short"] = 1.0 if len(reading.voting) <= 2 else 0.0
    features["len:long"] = 1.0 if len(reading.voting) > 25 else 0.0
    features[f"lang:{reading.language.value}"] = 0.3
    return {name: value for name, value in features.items() if value}


def _note(seen: dict[str, float], zone: str, hit: ActHit) -> None:
    if hit.conditional:
        key = f"c:{hit.act.value}"
    elif hit.negated:
        key = f"n:{hit.act.value}"
    else:
        key = f"{zone}:{hit.act.value}"
    seen[key] = seen.get(key, 0.0) + 1.0


def _shares(reading: Reading) -> Mapping[str, float]:
    """How much of the mail speaks of a candidacy, and how much of other things."""
    total = max(3, len(reading.voting) + 1)
    all_acts = [reading.subject_acts, *(s.acts for s in reading.voting)]
    about = sum(1 for acts in all_acts if any(h.act in _CANDIDATE for h in acts))
    words = sum(1 for acts in all_acts if any(h.act is Act.CANDIDACY for h in acts))
    noise = sum(1 for acts in all_acts if any(h.act in _NOISE for h in acts))
    pitch = sum(1 for acts in all_acts if any(h.act in {Act.PITCH, Act.JOB_TERMS} for h in acts))
    return {
        "share:candidate": about / total,
        "share:words": words / total,
        "share:noise": noise / total,
        "share:pitch": pitch / total,
        "none:candidate": float(about == 0),
        "none:words": float(words == 0),
        "none:all": float(about == 0 and words == 0 and pitch == 0),
    }


def extract_text(reading: Reading) -> str:
    """The words of the mail for the n-grams: digits and short tokens are gone, names stay."""
    return " ".join(
        _WORD.findall(" ".join([reading.subject_normalised, *(s.normalised for s in reading.voting)]))
    )
