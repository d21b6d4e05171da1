"""Run a batch of mails: read all, predict all at once, then one walk through the graph per mail."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from typing import cast

from app.classification.corpus.compose import MAILS_PER_PLAN
from app.classification.graph import MailState, compiled_graph
from app.classification.model import Model, load_model, predict, store_model
from app.classification.reading import read
from app.classification.training import train_model
from app.classification.values import EmailValue, Entities, ThreadContext, Verdict
from app.classification.version import PIPELINE_VERSION

_log = logging.getLogger(__name__)
_lock = Lock()
_loaded: list[Model] = []


def run_pipeline(batch: Sequence[tuple[EmailValue, ThreadContext]]) -> list[Verdict]:
    """One verdict per mail, in order."""
    if not batch:
        return []
    readings = [read(email, context) for email, context in batch]
    predictions = predict(_model(None), readings)
    graph = compiled_graph()
    states: list[MailState] = [
        {"reading": reading, "prediction": prediction}
        for reading, prediction in zip(readings, predictions, strict=True)
    ]
    return [_to_verdict(cast("MailState", graph.invoke(state))) for state in states]


def prepare(cache_dir: Path) -> None:
    """Have the model and the graph ready, from the cache where possible."""
    _model(cache_dir)
    compiled_graph()


def _model(cache_dir: Path | None) -> Model:
    with _lock:
        if not _loaded:
            _loaded.append(obtain_model(cache_dir))
        return _loaded[0]


def obtain_model(cache_dir: Path | None, mails_per_plan: int = MAILS_PER_PLAN) -> Model:
    """The stored model, else a newly trained one, stored when that is possible."""
    model = load_model(cache_dir) if cache_dir is not None else None
    if model is not None:
        return model
    model = train_model(mails_per_plan)
    if cache_dir is not None:
        try:
            store_model(model, cache_dir)
        except OSError as problem:
            _log.warning("The trained model could not be stored: %s", problem)
    return model


def _to_verdict(state: MailState) -> Verdict:
    decision = state["decision"]
    items = state.get("action_items", ())
    return Verdict(
        email_class=decision.email_class,
        confidence=decision.confidence,
        runner_ups=decision.runner_ups,
        entities=state.get("entities", Entities()),
        application_stage=state.get("application_stage"),
        requires_action=bool(items),
        action_items=items,
        evidence=state["evidence"],
        unsure=decision.unsure,
        reasoning=decision.reasoning,
        classified_by=decision.classified_by,
        pipeline_version=PIPELINE_VERSION,
        needs_review=decision.needs_review,
        matched_resume=state.get("matched_resume"),
    )
