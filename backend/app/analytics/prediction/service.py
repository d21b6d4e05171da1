"""Predictions: answered from the cache, computed by a run when data has changed."""

from __future__ import annotations

import importlib.util
from datetime import timedelta
from typing import Any

from app.analytics.errors import PredictionUnavailable
from app.analytics.filters import Filters
from app.analytics.models import Prediction
from app.analytics.prediction import model, repository
from app.analytics.prediction.features import examples_of, open_sights
from app.analytics.schemas import Feature, ModelCard, PredictedApplication, Predictions
from app.core import db
from app.core.clock import now
from app.core.db import ReadSession
from app.runs import pool
from app.runs import repository as runs_repository
from app.runs import service as runs
from app.runs.context import RunContext
from app.runs.errors import RunAlreadyActive
from app.runs.models import RunKind, RunState

CUTOFF_DAY = 7
_KEPT = timedelta(hours=24)  # waiting grows day by day, whether or not data changes
_RETRY = timedelta(minutes=10)
_PORTION = 500


def answer(session: ReadSession, user_id: int, filters: Filters, limit: int) -> Predictions:
    """The newest prediction; a run is started when there is none or data has changed since.

    Raises PredictionUnavailable.
    """
    if importlib.util.find_spec("sklearn") is None:
        raise PredictionUnavailable
    known = repository.cached(session, user_id)
    mark = f"{model.VERSION}:{repository.fingerprint(session, user_id)}"
    fresh = known is not None and known.fingerprint == mark and now() - known.computed_at < _KEPT
    if fresh:
        job_id = None
    elif _failed_just_now(session, user_id):
        job_id = None
        if known is None:
            return _nothing(
                "failed", "It could not be computed. It will be tried again in a few minutes.", None
            )
    else:
        job_id = _start(user_id)
    if known is None:
        return _nothing("computing", "The first prediction is being computed.", job_id)
    return _from_cache(session, user_id, known, filters, limit, job_id)


def compute(ctx: RunContext) -> None:
    """The runner: reads, lets the pool learn, keeps the answer."""
    ctx.progress(phase="reading")
    at = now()
    with db.read_session() as session:
        mark = f"{model.VERSION}:{repository.fingerprint(session, ctx.user_id)}"
        histories = repository.histories(session, ctx.user_id)
    moment = int(at.timestamp())
    examples = examples_of(histories, moment, CUTOFF_DAY)
    ctx.progress(phase="learning", total=len(histories))
    learned = pool.result_of(
        pool.submit(model.learn, examples, open_sights(histories, moment), CUTOFF_DAY), ctx.checkpoint
    )
    ctx.counts["processed"] = len(histories)
    with ctx.batch() as writing:
        writing.merge(
            Prediction(
                user_id=ctx.user_id,
                fingerprint=mark,
                computed_at=at,
                card={**learned.card, "reason": learned.reason},
                scores=learned.scores,
            )
        )


def _start(user_id: int) -> str:
    """The run that computes it: a new one, or the one that already does."""
    try:
        with db.transaction() as writing:
            return runs.create(
                writing, user_id=user_id, kind=RunKind.PREDICTION, params={}, dedupe_key="prediction"
            ).id
    except RunAlreadyActive as active:
        return str(active.params["job_id"])


def _failed_just_now(session: ReadSession, user_id: int) -> bool:
    newest, _ = runs_repository.page(session, user_id, kind=RunKind.PREDICTION, state=None, offset=0, limit=1)
    return any(
        run.state == RunState.ERROR and run.finished_at is not None and now() - run.finished_at < _RETRY
        for run in newest
    )


def _from_cache(
    session: ReadSession, user_id: int, known: Prediction, filters: Filters, limit: int, job_id: str | None
) -> Predictions:
    reason = known.card.get("reason")
    card = ModelCard.model_validate({**known.card, "computed_at": known.computed_at})
    if not card.ready:
        return Predictions(
            ready=False,
            reason=reason,
            detail=_why_not(card, reason),
            job_id=job_id,
            card=card,
            total=0,
            items=[],
        )
    found: list[PredictedApplication] = []
    if filters.narrowed:
        rows = repository.all_awaiting(session, user_id, filters)
        matching = [score for score in known.scores if score[0] in rows]
        found = [_predicted(score, rows[score[0]]) for score in matching[:limit]]
        total = len(matching)
    else:
        total = len(known.scores)
        for start in range(0, total, _PORTION):
            portion = known.scores[start : start + _PORTION]
            rows = repository.awaiting(session, user_id, filters, [score[0] for score in portion])
            found += [_predicted(score, rows[score[0]]) for score in portion if score[0] in rows]
            if len(found) >= limit:
                break
    return Predictions(
        ready=True, reason=None, detail=None, job_id=job_id, card=card, total=total, items=found[:limit]
    )


def _predicted(score: list[Any], row: Any) -> PredictedApplication:
    application_id, probability, category, received, activity, *parts = score
    values: tuple[str | int | None, ...] = (category, received, activity, row[3], row[4])
    return PredictedApplication(
        application_id=application_id,
        company_name=row[1],
        job_title=row[2],
        probability=probability,
        features=[
            Feature.model_validate({"name": name, "value": value, "contribution": part})
            for name, value, part in zip(model.FEATURES, values, parts, strict=True)
        ],
    )


def _why_not(card: ModelCard, reason: str | None) -> str:
    if reason == "too_few":
        return (
            f"{card.n} applications were open after {card.cutoff_day} days and have a known end, {card.successes} "
            f"of them with an interview or offer. It takes {model.LEAST_OUTCOMES}, at least {model.LEAST_OF_EACH} "
            f"with and {model.LEAST_OF_EACH} without."
        )
    return (
        "On applications it had not seen the model is no better than always saying "
        f"{100 * (card.base_rate or 0):.0f} %, so it shows no numbers."
    )


def _nothing(reason: str, detail: str, job_id: str | None) -> Predictions:
    return Predictions.model_validate(
        {
            "ready": False,
            "reason": reason,
            "detail": detail,
            "job_id": job_id,
            "card": None,
            "total": 0,
            "items": [],
        }
    )
