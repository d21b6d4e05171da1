"""The model: logistic regression on what was seen, measured on applications it was not fitted to.

Runs in a process of the pool; takes and gives back plain values.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import log1p, sqrt
from typing import Any

from app.analytics.prediction.features import Example, Sight

VERSION = 1
FEATURES = ("category", "days_since_received", "days_since_activity", "source", "position_level")
FOLDS = 5
LEAST_OUTCOMES = 20
LEAST_OF_EACH = 5
_ONE_SIDED_95 = 1.645
_STRENGTH = 0.3  # of regularisation, inverse: a few dozen applications and about twenty columns
_VALUES_AT_MOST = 12


@dataclass(frozen=True, slots=True)
class Learned:
    """`card` without its date; `scores` are [id, probability, category, days received, days silent, five
    contributions], the most probable first, empty unless the model is ready."""

    card: dict[str, Any]
    reason: str | None
    scores: list[list[Any]]


def learn(examples: Sequence[Example], open_ones: Sequence[Sight], cutoff_day: int) -> Learned:
    """Fit, measure, and score the open applications.

    Ready when the squared errors at the cut-off are smaller than those of the base rate by more than chance
    explains (one-sided 95 %).
    """
    first = [e for e in examples if e.cutoff_day == cutoff_day]
    successes = sum(e.target for e in first)
    card: dict[str, Any] = {
        "n": len(first),
        "successes": successes,
        "base_rate": round(successes / len(first), 4) if first else None,
        "brier": None,
        "brier_base_rate": None,
        "ready": False,
        "cutoff_day": cutoff_day,
        "folds": FOLDS,
    }
    if len(first) < LEAST_OUTCOMES or min(successes, len(first) - successes) < LEAST_OF_EACH:
        return Learned(card, "too_few", [])
    errors, base_errors = _measure(examples, cutoff_day)
    gains = [base - error for base, error in zip(base_errors, errors, strict=True)]
    gain = sum(gains) / len(gains)
    spread = sqrt(sum((g - gain) ** 2 for g in gains) / (len(gains) - 1))
    card["brier"] = round(sum(errors) / len(errors), 4)
    card["brier_base_rate"] = round(sum(base_errors) / len(base_errors), 4)
    if gain <= _ONE_SIDED_95 * spread / sqrt(len(gains)):
        return Learned(card, "no_better", [])
    card["ready"] = True
    return Learned(card, None, _Fitted(examples).score(open_ones))


def _measure(examples: Sequence[Example], cutoff_day: int) -> tuple[list[float], list[float]]:
    """Squared errors at the cut-off of the model and of the base rate, each learned without that application."""
    from sklearn.model_selection import StratifiedGroupKFold

    targets = [int(e.target) for e in examples]
    groups = [e.sight.application_id for e in examples]
    folds = StratifiedGroupKFold(n_splits=FOLDS, shuffle=True, random_state=0)
    errors: list[float] = []
    base_errors: list[float] = []
    for known, unseen in folds.split(targets, targets, groups):
        training = [examples[i] for i in known]
        asked = [examples[i] for i in unseen if examples[i].cutoff_day == cutoff_day]
        at_cutoff = [e.target for e in training if e.cutoff_day == cutoff_day]
        base = sum(at_cutoff) / len(at_cutoff)
        said = _Fitted(training).probabilities([e.sight for e in asked])
        errors += [(p - e.target) ** 2 for p, e in zip(said, asked, strict=True)]
        base_errors += [(base - e.target) ** 2 for e in asked]
    return errors, base_errors


class _Fitted:
    """A fitted model and how it turns a sight into numbers. Each application weighs the same, however often seen."""

    def __init__(self, examples: Sequence[Example]) -> None:
        import numpy as np
        from sklearn.linear_model import LogisticRegression

        sights = [e.sight for e in examples]
        self._values = {
            name: [
                value for value, _ in Counter(getattr(s, name) for s in sights).most_common(_VALUES_AT_MOST)
            ]
            for name in ("category", "source", "level")
        }
        table = self._table(sights)
        seen = Counter(s.application_id for s in sights)
        weights = np.array([1 / seen[s.application_id] for s in sights])
        self._mean = np.average(table, axis=0, weights=weights)
        deviation = np.sqrt(np.average((table - self._mean) ** 2, axis=0, weights=weights))
        self._scale = np.where(deviation > 1e-9, deviation, 1.0)
        self._model = LogisticRegression(C=_STRENGTH, max_iter=1000)
        self._model.fit(
            (table - self._mean) / self._scale, [int(e.target) for e in examples], sample_weight=weights
        )

    def probabilities(self, sights: Sequence[Sight]) -> list[float]:
        if not sights:
            return []
        table = (self._table(sights) - self._mean) / self._scale
        return [float(p) for p in self._model.predict_proba(table)[:, 1]]

    def score(self, sights: Sequence[Sight]) -> list[list[Any]]:
        if not sights:
            return []
        table = (self._table(sights) - self._mean) / self._scale
        parts = table * self._model.coef_[0]
        owners = self._owners()
        found = [
            [
                s.application_id,
                round(p, 4),
                s.category,
                s.days_received,
                s.days_activity,
                *(round(float(row[owners == place].sum()), 3) for place in range(len(FEATURES))),
            ]
            for s, p, row in zip(sights, self.probabilities(sights), parts, strict=True)
        ]
        return sorted(found, key=lambda one: (-one[1], one[0]))

    def _table(self, sights: Sequence[Sight]) -> Any:
        import numpy as np

        columns: list[list[float]] = [
            [float(s.category == value) for s in sights] for value in self._values["category"]
        ]
        columns.append([log1p(s.days_received) for s in sights])
        columns.append([log1p(s.days_activity) for s in sights])
        columns += [[float(s.source == value) for s in sights] for value in self._values["source"]]
        columns += [[float(s.level == value) for s in sights] for value in self._values["level"]]
        return np.array(columns).T

    def _owners(self) -> Any:
        """Which of the features each column belongs to."""
        import numpy as np

        counts = (
            len(self._values["category"]),
            1,
            1,
            len(self._values["source"]),
            len(self._values["level"]),
        )
        return np.repeat(np.arange(len(FEATURES)), counts)
