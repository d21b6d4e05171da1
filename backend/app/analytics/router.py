"""Figures over the API. All take `from`, `to` (days where the user is, both included), `source`, `company` and
`archived`."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query

from app.analytics import service
from app.analytics.errors import PredictionUnavailable
from app.analytics.filters import Filters, filters_of, zone_of
from app.analytics.prediction import service as prediction
from app.analytics.repository import Event
from app.analytics.schemas import (
    Activity,
    Flow,
    Funnel,
    Insights,
    Predictions,
    ResponseRates,
    Stats,
    TimeToEvent,
)
from app.analytics.service import Bucket, GroupBy
from app.applications.models import Source
from app.auth.dependencies import CurrentUser
from app.core.web import ReadDb, problems

router = APIRouter(tags=["analytics"])


def read_filters(
    user: CurrentUser,
    first: Annotated[
        date | None, Query(alias="from", description="First day of the first sign of an application")
    ] = None,
    last: Annotated[date | None, Query(alias="to", description="Last such day, included")] = None,
    source: Source | None = None,
    company: Annotated[str | None, Query(min_length=1, max_length=200)] = None,
    archived: Annotated[
        Literal["exclude", "include"], Query(description="Whether archived applications count")
    ] = "exclude",
) -> Filters:
    """What the figures are narrowed to."""
    name = company.replace("\x00", "") if company else None
    return filters_of(user, first, last, source, name, archived == "include")


Narrowed = Annotated[Filters, Depends(read_filters)]


@router.get("/stats", response_model=Stats)
def get_stats(session: ReadDb, user: CurrentUser, filters: Narrowed) -> Stats:
    """Where the user's applications stand."""
    return service.stats(session, user.id, filters)


@router.get("/analytics/funnel", response_model=Funnel)
def get_funnel(session: ReadDb, user: CurrentUser, filters: Narrowed) -> Funnel:
    """How far the applications sent got."""
    return service.funnel(session, user.id, filters)


@router.get("/analytics/flow", response_model=Flow)
def get_flow(session: ReadDb, user: CurrentUser, filters: Narrowed) -> Flow:
    """The ways they took from stage to stage, for a flow chart."""
    return service.flow(session, user.id, filters)


@router.get("/analytics/response-rate", response_model=ResponseRates)
def get_response_rate(
    session: ReadDb, user: CurrentUser, filters: Narrowed, group_by: GroupBy = "source"
) -> ResponseRates:
    """How many heard anything, by what they have in common, with intervals."""
    return service.response_rates(session, user.id, filters, group_by, zone_of(user))


@router.get("/analytics/time-to-event", response_model=TimeToEvent)
def get_time_to_event(
    session: ReadDb, user: CurrentUser, filters: Narrowed, event: Event = "any_response"
) -> TimeToEvent:
    """How long it takes, counting those who still wait."""
    return service.time_to_event(session, user.id, filters, event)


@router.get("/analytics/activity", response_model=Activity)
def get_activity(session: ReadDb, user: CurrentUser, filters: Narrowed, bucket: Bucket = "week") -> Activity:
    """Incoming mail by class over time. `from` and `to` are days of the mail here."""
    return service.activity(session, user.id, filters, bucket, zone_of(user))


@router.get("/analytics/prediction", response_model=Predictions, responses=problems(PredictionUnavailable))
def get_prediction(
    session: ReadDb,
    user: CurrentUser,
    filters: Narrowed,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
) -> Predictions:
    """Which open applications are likely to lead to an interview or offer, and how good the model is."""
    return prediction.answer(session, user.id, filters, limit)


@router.get("/analytics/insights", response_model=Insights)
def get_insights(session: ReadDb, user: CurrentUser, filters: Narrowed) -> Insights:
    """At most three plain sentences, only where the intervals do not overlap."""
    return service.insights(session, user.id, filters, zone_of(user))
