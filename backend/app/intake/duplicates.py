"""Applications that may be one: pairs with a score and the reasons. Pure but for what it is given."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import combinations
from typing import Literal

from app.companies import service as companies
from app.correlation.keys import SAME_COMPANY, company_buckets

Reason = Literal[
    "same_link",
    "same_requisition",
    "same_company",
    "similar_company",
    "same_title",
    "similar_title",
    "no_title",
]
SAME_TITLE = 0.80
NEAR = timedelta(days=30)  # without a title, only applications this near each other may be one
AFRESH = timedelta(days=180)  # after it the same title is another application
MOST_IN_BLOCK = 60  # compared with each other; the newest ones
MOST_PAIRS = 200


@dataclass(frozen=True, slots=True)
class Row:
    """What of an application tells whether it is another's double. `ended_at` is None while it is open."""

    id: int
    company_key: str
    title_key: str
    requisition_id: str | None
    job_url: str | None
    begun_at: datetime
    last_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class Pair:
    """Two applications that may be one; `score` is 0..1."""

    first_id: int
    second_id: int
    score: float
    reasons: tuple[Reason, ...]


def find_duplicates(rows: Sequence[Row], dismissed: Collection[frozenset[int]] = ()) -> list[Pair]:
    """The likeliest first. Pairs that the user called not the same are left out."""
    known: set[frozenset[int]] = set(dismissed)
    found: list[Pair] = []
    for block in _blocks(rows):
        for a, b in combinations(sorted(block, key=lambda r: r.last_at, reverse=True)[:MOST_IN_BLOCK], 2):
            both = frozenset((a.id, b.id))
            if both in known:
                continue
            known.add(both)
            pair = compare(a, b)
            if pair is not None:
                found.append(pair)
    found.sort(key=lambda pair: (-pair.score, pair.first_id, pair.second_id))
    return found[:MOST_PAIRS]


def compare(a: Row, b: Row) -> Pair | None:
    """The pair, the one that began earlier first; None when they are two."""
    first, second = sorted((a, b), key=lambda row: (row.begun_at, row.id))
    if _is_afresh(first, second):
        return None
    link = _link(first)
    if link and link == _link(second):
        return Pair(first.id, second.id, 1.0, ("same_link",))
    company = companies.company_similarity(first.company_key, second.company_key)
    if company < SAME_COMPANY:
        return None
    reasons: list[Reason] = ["same_company" if first.company_key == second.company_key else "similar_company"]
    if first.requisition_id and second.requisition_id:
        if first.requisition_id.casefold() != second.requisition_id.casefold():
            return None
        return Pair(first.id, second.id, round(0.98 * company, 4), (*reasons, "same_requisition"))
    if not (first.title_key and second.title_key):
        if second.begun_at - first.last_at > NEAR:
            return None
        return Pair(first.id, second.id, round(0.6 * company, 4), (*reasons, "no_title"))
    title = companies.title_similarity(first.title_key, second.title_key)
    if title < SAME_TITLE:
        return None
    reasons.append("same_title" if first.title_key == second.title_key else "similar_title")
    return Pair(first.id, second.id, round(company * title, 4), tuple(reasons))


def _is_afresh(first: Row, second: Row) -> bool:
    """Whether the second is an application made again: after the first had ended, or long after it fell silent."""
    if first.ended_at is not None and first.ended_at <= second.begun_at:
        return True
    return second.begun_at - first.last_at > AFRESH


def _link(row: Row) -> str | None:
    return companies.canonical_job_url(row.job_url) if row.job_url else None


def _blocks(rows: Iterable[Row]) -> list[list[Row]]:
    """Only rows that share a company's spelling or a link are compared."""
    blocks: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row.company_key:
            for bucket in company_buckets(row.company_key):
                blocks[f"company:{bucket}"].append(row)
        if link := _link(row):
            blocks[f"link:{link}"].append(row)
    return [block for block in blocks.values() if len(block) > 1]
