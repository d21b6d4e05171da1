"""Figures as the API shows them. Shares and interval ends are 0..1, percents 0..100, waits in whole days."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel, Field


class EverReached(BaseModel):
    """How many applications ever reached each stage; a later stage implies the earlier ones."""

    applied: int
    assessment: int
    interview: int
    offer: int
    accepted: int
    rejected: int


class Stats(BaseModel):
    """Applications by current stage. `pending` = applied + assessment + interview; `stale` ones have been silent for
    longer than `stale_days`."""

    total: int
    saved: int
    applied: int
    assessments: int
    interviews: int
    offers: int
    accepted: int
    rejections: int
    withdrawn: int
    pending: int
    needs_review: int
    action_items: int
    stale: int
    stale_days: int
    ever: EverReached


class Reached(BaseModel):
    """`percent` is of the applications sent, null when there are none."""

    count: int
    percent: float | None


class Funnel(BaseModel):
    """How far the applications sent got; `interview` counts tests too, a later stage implies the earlier ones."""

    applied: Reached
    interview: Reached
    offer: Reached
    accepted: Reached
    rejected: Reached


FlowNode = Literal[
    "applied", "assessment", "interview", "offer", "accepted", "rejected", "withdrawn", "no_answer", "open"
]


class FlowNodeOut(BaseModel):
    """`no_answer`: nothing was heard yet; `open`: it goes on from where it came."""

    id: FlowNode
    count: int


class FlowLink(BaseModel):
    source: FlowNode
    target: FlowNode
    count: int


class Flow(BaseModel):
    """The ways that the applications sent have taken, from stage to stage."""

    total: int
    nodes: list[FlowNodeOut]
    links: list[FlowLink]


class Rate(BaseModel):
    """Of `applied` applications `responded` heard anything; `low` and `high` are the 95 % Wilson interval.

    `few` marks a group of under three, which says nothing about others.
    """

    group: str
    label: str | None = Field(description="A company's name as it is written; null where `group` says it")
    applied: int
    responded: int
    rate: float | None
    low: float
    high: float
    few: bool


class ResponseRates(BaseModel):
    """The largest groups first. `others` counts groups that are not listed."""

    group_by: Literal["company", "industry", "source", "position_level", "weekday"]
    all: Rate
    groups: list[Rate]
    others: int


class CurvePoint(BaseModel):
    """From `day` on the share `still` had not had the event; `at_risk` were watched until that day."""

    day: int
    still: float
    low: float
    high: float
    at_risk: int
    events: int


class TimeToEvent(BaseModel):
    """Days from applying to the event.

    `sample` applications had it: their median, mean and percentiles leave out who still waits. `curve` (Kaplan-Meier,
    95 % log-log band) counts those too: `waiting` were watched without it. `half_within` is the day by which half of
    *all* had it, null while fewer have. `enough` is false under ten events.
    """

    event: Literal["rejection", "interview", "offer", "any_response"]
    applied: int
    sample: int
    waiting: int
    enough: bool
    median: float | None
    mean: float | None
    p25: float | None
    p75: float | None
    p90: float | None
    half_within: int | None
    curve: list[CurvePoint]


class ActivityBucket(BaseModel):
    """`start` is the first day of the day, week (Monday) or month, where the user is."""

    start: date
    total: int
    by_class: dict[str, int]


class Activity(BaseModel):
    """Incoming mail by class over time; buckets between the first and the last are there even when empty."""

    bucket: Literal["day", "week", "month"]
    total: int
    by_class: dict[str, int]
    buckets: list[ActivityBucket]


class Insight(BaseModel):
    """Two groups whose 95 % intervals do not overlap; `sentence` says it."""

    sentence: str
    dimension: Literal["industry", "source", "position_level", "weekday"]
    measure: Literal["response", "interview"]
    group: str
    hits: int
    n: int
    low: float
    high: float
    other_hits: int
    other_n: int
    other_low: float
    other_high: float


class Insights(BaseModel):
    """At most three; `looked_at` applications were compared."""

    looked_at: int
    items: list[Insight]


class Feature(BaseModel):
    """What the model saw, and how far it moved the answer from the average application (log-odds)."""

    name: Literal["category", "days_since_received", "days_since_activity", "source", "position_level"]
    value: str | int | None
    contribution: float


class PredictedApplication(BaseModel):
    """`probability` (0..1) that this open application still reaches an interview or an offer."""

    application_id: int
    company_name: str | None
    job_title: str | None
    probability: float
    features: list[Feature]


class ModelCard(BaseModel):
    """How good the model is, measured on applications it had not seen (cross-validation), `cutoff_day` days in.

    `brier` is the mean squared error of its probabilities, `brier_base_rate` that of always saying the base rate:
    lower is better. `n` applications had a known end, `successes` of them reached an interview or an offer.
    """

    n: int
    successes: int
    base_rate: float | None
    brier: float | None
    brier_base_rate: float | None
    ready: bool
    cutoff_day: int
    folds: int
    computed_at: datetime


class Predictions(BaseModel):
    """Nothing is listed unless the model is `ready`; else `reason` and `detail` say why not.

    `job_id` is the run that computes it, or computes it anew because data has changed.
    """

    ready: bool
    reason: Literal["computing", "too_few", "no_better", "failed"] | None
    detail: str | None
    job_id: str | None
    card: ModelCard | None
    total: int
    items: list[PredictedApplication]
