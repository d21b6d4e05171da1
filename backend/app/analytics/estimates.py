"""How long a user's applications wait for an answer, kept where single applications can look it up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta

import structlog

from app.analytics import repository
from app.analytics.filters import Filters
from app.analytics.survival import Waits, kaplan_meier
from app.applications import service as applications
from app.applications.values import Basis, ResponseCurve
from app.companies import service as companies
from app.core import db
from app.core.clock import now
from app.core.db import ReadSession
from app.runs.events import RunFinished
from app.runs.models import RunKind

log = structlog.get_logger(__name__)
ENOUGH_ANSWERS = 10
_EVERY = timedelta(hours=24)  # those who still wait have waited a day longer
_AT_ONCE = 2
_CURVES_AT_MOST = 200


def after_run(event: RunFinished) -> None:
    """Look again when a run may have brought mail."""
    if event.kind != RunKind.PREDICTION:
        refresh(event.user_id)


def refresh_oldest() -> None:
    """Look again at a few users who were not looked at for a day."""
    with db.read_session() as session:
        due = repository.users_to_estimate(session, now() - _EVERY, _AT_ONCE)
    for user_id in due:
        refresh(user_id)


def refresh(user_id: int) -> None:
    """Compute and keep the user's curves. What goes wrong is logged: nobody waits for it, and it comes again."""
    try:
        with db.read_session() as session:
            curves = curves_of(session, user_id)
        with db.transaction() as writing:
            applications.store_estimate(writing, user_id, curves)
    except Exception:
        log.exception("response_estimate_failed", user_id=user_id)


def curves_of(session: ReadSession, user_id: int) -> list[ResponseCurve]:
    """Of all own applications, and of each company, industry and source with ten answers or more."""
    with_archived = Filters(archived=True)
    at = now()
    by_company = repository.waits(session, user_id, with_archived, "any_response", at, "company")
    if sum(w.count for _, w in by_company if w.ended) < ENOUGH_ANSWERS:
        return []
    by_source = repository.waits(session, user_id, with_archived, "any_response", at, "source")
    kinds: list[tuple[Basis, Sequence[tuple[str, Waits]]]] = [
        ("own", [("", w) for _, w in by_company]),
        ("industry", [(companies.industry_of(key), w) for key, w in by_company]),
        ("source", by_source),
        ("company", by_company),
    ]
    found: list[ResponseCurve] = []
    for basis, waits in kinds:
        together: defaultdict[str, list[Waits]] = defaultdict(list)
        for label, w in waits:
            together[label].append(w)
        found += [
            curve
            for label, own in sorted(together.items())
            if (basis == "own" or label not in {"", "unknown"})
            and (curve := _curve(basis, label, own)) is not None
        ]
    return found[:_CURVES_AT_MOST]


def _curve(basis: Basis, label: str, waits: Sequence[Waits]) -> ResponseCurve | None:
    answers = sum(w.count for w in waits if w.ended)
    if answers < ENOUGH_ANSWERS:
        return None
    steps = kaplan_meier(waits)
    return ResponseCurve(
        basis,
        label,
        sum(w.count for w in waits),
        answers,
        tuple(s.day for s in steps),
        tuple(s.still for s in steps),
    )
