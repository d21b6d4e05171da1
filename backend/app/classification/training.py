"""Train the local model on the sentence grammar, and calibrate it on families it has not seen."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.classification.corpus.compose import MAILS_PER_PLAN, SEED, compose_examples
from app.classification.model import CLASSES, Model, vectorise
from app.classification.reading import Reading, read
from app.classification.values import EmailClass

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

NOT_JOB = frozenset({EmailClass.NOT_JOB_RELATED, EmailClass.JOB_ALERT})
FOLDS = 4
KEEP_ACT = 0.8
KEEP_SENTENCE = 0.9
STRENGTH = 0.35


@dataclass(frozen=True, slots=True)
class _Rows:
    """The training mails as numbers."""

    matrix: csr_matrix
    labels: NDArray[np.intp]
    families: list[str]
    vocabulary: dict[str, int]


def train_model(mails_per_plan: int = MAILS_PER_PLAN) -> Model:
    """A freshly trained model; the same on every run of the same versions. Takes a few seconds."""
    import sklearn.linear_model  # noqa: F401 - loads the libraries whose threads are limited next
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

    # One thread: the sums come out the same everywhere, and the matrices are too small to share.
    with threadpool_limits(1):
        return _train(_collect(mails_per_plan))


def _train(rows: _Rows) -> Model:
    import numpy as np

    folds = _fold_of(rows.families)
    scores = np.zeros((len(rows.families), len(CLASSES)))
    gate_scores = np.zeros(len(rows.families))
    for fold in range(FOLDS):
        held = np.flatnonzero(folds == fold)
        kept = np.flatnonzero(folds != fold)
        weights, bias, gate, gate_bias = _fit(rows.matrix[kept], rows.labels[kept])
        scores[held] = rows.matrix[held] @ weights + bias
        gate_scores[held] = rows.matrix[held] @ gate + gate_bias
    weights, bias, gate, gate_bias = _fit(rows.matrix, rows.labels)
    related = _is_related(rows.labels)
    return Model(
        vocabulary=rows.vocabulary,
        weights=weights,
        bias=bias,
        gate=gate,
        gate_bias=gate_bias,
        temperature=_fit_temperature(scores, rows.labels),
        gate_temperature=_fit_temperature(np.stack([-gate_scores / 2, gate_scores / 2], axis=1), related),
    )


def _collect(mails_per_plan: int) -> _Rows:
    import numpy as np
    from scipy.sparse import csr_matrix

    rng = random.Random(SEED)  # noqa: S311 - reproducible, not secret
    vocabulary: dict[str, int] = {}
    labels: list[int] = []
    families: list[str] = []
    values: list[float] = []
    columns: list[int] = []
    starts = [0]
    for example in compose_examples(mails_per_plan):
        reading = read(example.email, example.context)
        # Each mail once as read and once with acts missing: real mail says it in ways that no cue knows yet.
        for variant in (reading, _thin(reading, rng)):
            for name, value in vectorise(variant).items():
                columns.append(vocabulary.setdefault(name, len(vocabulary)))
                values.append(value)
            starts.append(len(columns))
            labels.append(CLASSES.index(example.email_class))
            families.append(example.family)
    shape = (len(labels), len(vocabulary))
    return _Rows(csr_matrix((values, columns, starts), shape=shape), np.array(labels), families, vocabulary)


def _thin(reading: Reading, rng: random.Random) -> Reading:
    voting = tuple(
        replace(s, acts=tuple(h for h in s.acts if rng.random() < KEEP_ACT))
        for s in reading.voting
        if rng.random() < KEEP_SENTENCE
    )
    subject = tuple(h for h in reading.subject_acts if rng.random() < KEEP_ACT)
    return replace(reading, voting=voting, subject_acts=subject)


def _fold_of(families: Sequence[str]) -> NDArray[np.intp]:
    """Whole families to folds, so that the held-out mails come from plans the weights have not met."""
    import numpy as np

    order = {family: index % FOLDS for index, family in enumerate(sorted(set(families)))}
    return np.array([order[family] for family in families])


def _is_related(labels: NDArray[np.intp]) -> NDArray[np.intp]:
    import numpy as np

    return np.array([int(CLASSES[label] not in NOT_JOB) for label in labels])


def _fit(
    matrix: csr_matrix, labels: NDArray[np.intp]
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64], float]:
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    def logistic() -> LogisticRegression:
        return LogisticRegression(C=STRENGTH, solver="lbfgs", max_iter=300, class_weight="balanced", tol=1e-3)

    classes = logistic().fit(matrix, labels)
    weights = np.zeros((matrix.shape[1], len(CLASSES)))
    bias = np.full(len(CLASSES), -20.0)
    weights[:, classes.classes_] = classes.coef_.T
    bias[classes.classes_] = classes.intercept_
    gate = logistic().fit(matrix, _is_related(labels))
    return weights, bias, gate.coef_[0].copy(), float(gate.intercept_[0])


def _fit_temperature(scores: NDArray[np.float64], labels: NDArray[np.intp]) -> float:
    """The softening under which the held-out answers are least surprising, between 0.6 and 6."""
    import numpy as np

    best, best_loss = 1.0, float("inf")
    for temperature in np.geomspace(0.6, 6.0, 60):
        scaled = scores / temperature
        scaled = scaled - scaled.max(axis=1, keepdims=True)
        log_shares = scaled - np.log(np.exp(scaled).sum(axis=1, keepdims=True))
        loss = float(-log_shares[np.arange(len(labels)), labels].mean())
        if loss < best_loss:
            best, best_loss = float(temperature), loss
    return best
