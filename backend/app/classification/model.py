"""The calibrated linear model: probabilities of the nine classes and of "job-related" for many readings.

Training needs scikit-learn and takes a few seconds; predicting needs numpy alone. A stored model is a plain
array file without pickled objects, named after the corpus, the cues and the library versions.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.classification.features import extract_features, extract_text
from app.classification.reading import Reading
from app.classification.values import EmailClass

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MODEL_VERSION = "1"
CLASSES: tuple[EmailClass, ...] = tuple(EmailClass)
MAX_CONFIDENCE = 0.97
SOURCES = (
    "facts.py",
    "language.py",
    "acts.py",
    "features.py",
    "reading.py",
    "segments.py",
    "segment_cues.py",
    "training.py",
    "model.py",
)
NGRAM_BUCKETS = 4096
NGRAM_WEIGHT = 0.1
NGRAM_WORDS = 250


@dataclass(frozen=True, slots=True)
class Model:
    """Weights of both decisions. `weights` is features x classes, `gate` one weight per feature.

    Probabilities are softened by a temperature that was fitted on families the weights had not seen.
    """

    vocabulary: dict[str, int]
    weights: NDArray[np.float64]
    bias: NDArray[np.float64]
    gate: NDArray[np.float64]
    gate_bias: float
    temperature: float
    gate_temperature: float


@dataclass(frozen=True, slots=True)
class Prediction:
    """Calibrated probabilities for one mail: per class (sums to 1) and that it is about the job search."""

    classes: dict[EmailClass, float]
    job_related: float


def vectorise(reading: Reading) -> dict[str, float]:
    """All features of one mail by name, n-grams included (`w:` and a bucket number)."""
    features = extract_features(reading)
    words = extract_text(reading).split()[:NGRAM_WORDS]
    grams = set(words)
    grams.update(f"{a} {b}" for a, b in pairwise(words))
    for gram in grams:
        features[f"w:{zlib.crc32(gram.encode()) % NGRAM_BUCKETS}"] = NGRAM_WEIGHT
    # Sets have another order in every process; sums of floats must not.
    return dict(sorted(features.items()))


def predict(model: Model, readings: Sequence[Reading]) -> list[Prediction]:
    """One prediction per reading."""
    import numpy as np

    predictions: list[Prediction] = []
    for reading in readings:
        known = [
            (index, value)
            for name, value in vectorise(reading).items()
            if (index := model.vocabulary.get(name)) is not None
        ]
        rows = np.fromiter((index for index, _ in known), dtype=np.intp, count=len(known))
        values = np.fromiter((value for _, value in known), dtype=np.float64, count=len(known))
        scores = (values @ model.weights[rows] + model.bias) / model.temperature
        odds = np.exp(scores - scores.max())
        shares = odds / odds.sum()
        gate_score = (float(values @ model.gate[rows]) + model.gate_bias) / model.gate_temperature
        predictions.append(
            Prediction(
                {email_class: float(share) for email_class, share in zip(CLASSES, shares, strict=True)},
                1.0 / (1.0 + float(np.exp(-min(max(gate_score, -40.0), 40.0)))),
            )
        )
    return predictions


def model_file(cache_dir: Path) -> Path:
    """Where the model of this corpus, these cues and these library versions is kept."""
    return cache_dir / f"classification-{_fingerprint()}.npz"


def load_model(cache_dir: Path) -> Model | None:
    """The stored model, or None when there is none or the file is damaged or was made from something else."""
    import numpy as np

    path = model_file(cache_dir)
    try:
        with path.open("rb") as stream, np.load(stream, allow_pickle=False) as stored:
            head = json.loads(str(stored["head"]))
            model = Model(
                vocabulary={name: index for index, name in enumerate(head["vocabulary"])},
                weights=stored["weights"],
                bias=stored["bias"],
                gate=stored["gate"],
                gate_bias=float(head["gate_bias"]),
                temperature=float(head["temperature"]),
                gate_temperature=float(head["gate_temperature"]),
            )
    except (OSError, ValueError, KeyError, EOFError, TypeError, zlib.error, _bad_zip()):
        return None
    size = len(model.vocabulary)
    shapes_fit = model.weights.shape == (size, len(CLASSES)) and model.gate.shape == (size,)
    return model if shapes_fit and bool(np.isfinite(model.weights).all()) else None


def store_model(model: Model, cache_dir: Path) -> None:
    """Write the model and rename it into place. OSError when the folder can't be written."""
    import numpy as np

    cache_dir.mkdir(parents=True, exist_ok=True)
    path = model_file(cache_dir)
    partial = path.with_name(f"{path.stem}.{os.getpid()}.part")
    head: dict[str, Any] = {
        "vocabulary": sorted(model.vocabulary, key=lambda name: model.vocabulary[name]),
        "gate_bias": model.gate_bias,
        "temperature": model.temperature,
        "gate_temperature": model.gate_temperature,
    }
    try:
        with partial.open("wb") as stream:
            np.savez_compressed(
                stream,
                head=np.array(json.dumps(head)),
                weights=model.weights,
                bias=model.bias,
                gate=model.gate,
            )
            stream.flush()
            os.fsync(stream.fileno())
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def _bad_zip() -> type[Exception]:
    from zipfile import BadZipFile

    return BadZipFile


def _fingerprint() -> str:
    from importlib.metadata import version

    from app.classification.corpus.compose import corpus_text
    from app.classification.corpus.cues import LANGUAGES

    parts = [
        MODEL_VERSION,
        platform.python_version(),
        corpus_text(),
        version("scikit-learn"),
        version("numpy"),
    ]
    for language in LANGUAGES:
        parts.append(repr(language.FRAGMENTS))
        parts.append(repr([(act.value, cues) for act, cues in language.CUES.items()]))
    # The code that turns a mail into features is an input of the model as well.
    parts.extend((Path(__file__).parent / name).read_text(encoding="utf-8") for name in SOURCES)
    return hashlib.sha256("\x00".join(parts).encode()).hexdigest()[:20]
