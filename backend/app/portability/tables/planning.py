"""What each row of somebody's table would become. Pure: nothing is looked up and nothing is written."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from app.applications.models import Source, Stage
from app.portability.tables.cells import unguarded
from app.portability.tables.dates import DateOrder, OrderUnknown, order_of, read_moment
from app.portability.tables.guessing import DATES, Target, guess_columns, guess_source, guess_stage
from app.portability.tables.reading import Row, Table

_LIMITS: dict[str, int] = {"requisition_id": 100, "job_url": 2000, "contact_name": 200, "contact_email": 320}
_LINE = 200
_NOTE = 20_000
_TAGS = 20
_WEB = re.compile(r"https?://\S+", re.IGNORECASE)
_ADDRESS = re.compile(r"[^@\s<>]+@[^@\s<>]+\.[^@\s<>]+")
_ORDER = ("applied", "assessment", "interview", "offer")
_TEXTS: tuple[Target, ...] = (
    "company_name",
    "job_title",
    "location",
    "salary_text",
    "job_url",
    "requisition_id",
)


@dataclass(frozen=True, slots=True)
class Scheme:
    """How a table is read: a target for each column (None: left out), a stage for each word (None: not said), and which
    number of a date is the day. `asks_order` when dates can be read in two ways and nobody said in which."""

    columns: tuple[Target | None, ...]
    stages: Mapping[str, Stage | None]
    date_order: DateOrder | None
    asks_order: bool
    examples: tuple[str, ...]


@dataclass(slots=True)
class Planned:
    """One row and what would become of it. With a problem it becomes nothing; warnings tell what is lost or assumed.

    `stages` are (stage, moment as ISO 8601), in the order in which they were reached; `key` names the outcome.
    """

    number: int
    fields: dict[str, str] = field(default_factory=dict)
    stage: Stage | None = None
    stages: list[tuple[str, str]] = field(default_factory=list)
    begun_at: datetime | None = None
    applied_at: datetime | None = None
    notes: str = ""
    tags: list[str] = field(default_factory=list)
    contact: dict[str, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    key: str = ""
    same_as_row: int | None = None

    def to_json(self) -> dict[str, Any]:
        """What is needed to make an application of it."""
        return {
            "key": self.key,
            "fields": self.fields,
            "stages": self.stages,
            "begun_at": self.begun_at.isoformat() if self.begun_at else None,
            "notes": self.notes,
            "tags": self.tags,
            "contact": self.contact,
        }


def map_table(
    table: Table,
    columns: Sequence[Target | None] | None = None,
    stages: Mapping[str, Stage | None] | None = None,
    date_order: DateOrder | None = None,
) -> Scheme:
    """How the table is read: as the person says, and guessed where they say nothing."""
    samples = [[row.cells[n] for row in table.rows[:50]] for n in range(len(table.headings))]
    chosen = tuple(columns) if columns is not None else tuple(guess_columns(table.headings, samples))
    words: Counter[str] = Counter()
    dates: list[str] = []
    for row in table.rows:
        for target, cell in zip(chosen, row.cells, strict=True):
            if target == "stage" and cell:
                words[cell] += 1
            elif target in DATES and cell:
                dates.append(cell)
    said = stages or {}
    guessed = {word: said.get(word, guess_stage(word)) for word, _ in words.most_common()}
    order = date_order or order_of(dates)
    unclear = tuple(text for text in dict.fromkeys(dates) if order is None and _is_unclear(text))
    return Scheme(chosen, guessed, order, bool(unclear), unclear[:3])


def plan(table: Table, mapping: Scheme, zone: ZoneInfo, now: datetime) -> list[Planned]:
    """Every row of the table, in its order."""
    found: list[Planned] = []
    seen: dict[str, int] = {}
    for row in table.rows:
        planned = _plan_row(row, table.headings, mapping, zone, now)
        if not planned.problems:
            planned.key = _key_of(planned)
            planned.same_as_row = seen.get(planned.key)
            seen.setdefault(planned.key, planned.number)
        found.append(planned)
    return found


def _plan_row(row: Row, headings: Sequence[str], mapping: Scheme, zone: ZoneInfo, now: datetime) -> Planned:
    planned = Planned(row.number)
    cells: dict[Target, str] = {}
    notes: list[str] = []
    for target, heading, raw in zip(mapping.columns, headings, row.cells, strict=True):
        cell = unguarded(raw).replace("\x00", "").strip()
        if not cell or target is None:
            continue
        if target == "notes":
            is_alone = mapping.columns.count("notes") == 1
            notes.append(cell if is_alone else f"{heading}: {cell}")
        elif target == "tags":
            planned.tags += [word.strip()[:50] for word in re.split(r"[,;|]", cell) if word.strip()]
        else:
            cells[target] = cell
    planned.notes = "\n\n".join(notes)[:_NOTE]
    planned.tags = list({tag.casefold(): tag for tag in map(_one_line, planned.tags)}.values())[:_TAGS]
    _put_texts(planned, cells)
    moments = _moments(planned, cells, mapping.date_order, zone, now)
    _put_stage(planned, cells.get("stage", ""), mapping, moments, now)
    if "company_name" not in planned.fields:
        planned.problems.insert(0, "There is no company.")
    return planned


def _put_texts(planned: Planned, cells: Mapping[Target, str]) -> None:
    for target in _TEXTS:
        if target not in cells:
            continue
        text = _one_line(cells[target])
        limit = _LIMITS.get(target, _LINE)
        if target == "job_url" and not (_WEB.fullmatch(text) and len(text) <= limit):
            planned.warnings.append("The link is no web address and is left out.")
            continue
        if len(text) > limit:
            planned.warnings.append(
                f"The {target.removesuffix('_text').replace('_', ' ')} is cut to {limit} characters."
            )
        planned.fields[target] = text[:limit].strip()
    if source := cells.get("source"):
        known = guess_source(source)
        planned.fields["source"] = known.value
        if known == Source.OTHER and source.casefold() != "other":
            planned.warnings.append(
                f"The source \u2018{_one_line(source)[:50]}\u2019 is kept as \u2018other\u2019."
            )
    address = _ADDRESS.search(cells.get("contact_email", "") or cells.get("contact_name", ""))
    name = _one_line(_ADDRESS.sub("", cells.get("contact_name", ""))).strip(" <>,;")[:_LINE]
    if address:
        planned.contact = {"name": name or address[0][:_LINE], "email": address[0][:320]}
    elif name:
        planned.contact = {"name": name}


def _moments(
    planned: Planned, cells: Mapping[Target, str], order: DateOrder | None, zone: ZoneInfo, now: datetime
) -> dict[Target, datetime]:
    """The row's dates. One that can't be read is a problem, and so is an application in the future; other days to come
    are left out."""
    found: dict[Target, datetime] = {}
    for target in DATES:
        if target not in cells:
            continue
        name = target.removesuffix("_at")
        try:
            at = read_moment(cells[target], order, zone, now)
        except OrderUnknown:
            planned.problems.append(f"The date \u2018{cells[target]}\u2019 can be read in two ways.")
            continue
        if at is None and target not in {"applied_at", "stage_at", "saved_at"}:
            planned.warnings.append(f"\u2018{cells[target][:50]}\u2019 is no date; {name} is left out.")
        elif at is None:
            planned.problems.append(f"\u2018{cells[target][:50]}\u2019 is no date.")
        elif at > now and target == "applied_at":
            planned.problems.append("The day of the application is still to come.")
        elif at > now:
            planned.warnings.append(f"The date of {name} is still to come and is left out.")
        else:
            found[target] = at
    return found


def _put_stage(
    planned: Planned, word: str, mapping: Scheme, moments: Mapping[Target, datetime], now: datetime
) -> None:
    stage = mapping.stages.get(word) if word else (Stage.APPLIED if "applied_at" in moments else Stage.SAVED)
    if stage is None:
        planned.problems.append(f"What does the status \u2018{_one_line(word)[:50]}\u2019 mean?")
        return
    planned.stage = stage
    if stage == Stage.SAVED:
        if "applied_at" in moments:
            planned.warnings.append("It is only saved, so the day of the application is left out.")
        planned.begun_at = moments.get("saved_at") or moments.get("stage_at") or now
        return
    planned.applied_at = moments.get("applied_at")
    reached: list[tuple[str, datetime]] = []
    for name in _ORDER:
        at = moments.get(f"{name}_at")  # type: ignore[call-overload]
        if at is not None and (stage not in _ORDER or _ORDER.index(name) <= _ORDER.index(stage)):
            reached.append((name, at))
    if stage not in {name for name, _ in reached}:
        reached.append((stage.value, _when(planned, stage, moments, now)))
    last = max(at for _, at in reached)
    earliest = reached[0][1]
    ordered: list[tuple[str, datetime]] = []
    for name, at in reached:  # nothing comes before what it follows
        ordered.append((name, max(at, ordered[-1][1] if ordered else at)))
    planned.stages = [(name, at.isoformat()) for name, at in ordered]
    planned.begun_at = min([earliest, last, *(at for at in (moments.get("saved_at"),) if at)])


def _when(planned: Planned, stage: Stage, moments: Mapping[Target, datetime], now: datetime) -> datetime:
    """The moment of the stage: as the row says, else the latest that it does say."""
    stated = moments.get("rejected_at" if stage == Stage.REJECTED else "stage_at") or moments.get("stage_at")
    if stated is not None:
        return stated
    if not moments:
        planned.warnings.append("No date is given: today is taken.")
        return now
    if stage != Stage.APPLIED or "applied_at" not in moments:
        planned.warnings.append(
            f"The day of \u2018{stage}\u2019 is not given: the latest date of the row is taken."
        )
    return max(moments.values())


def _is_unclear(text: str) -> bool:
    try:
        read_moment(text, None, ZoneInfo("UTC"), datetime(2100, 1, 1, tzinfo=ZoneInfo("UTC")))
    except OrderUnknown:
        return True
    return False


def _key_of(planned: Planned) -> str:
    """Two rows that become the same have the same key, in whatever file they stand. What is dated today because the row
    has no date is the same tomorrow."""
    undated = "No date is given: today is taken." in planned.warnings
    told = [
        planned.fields,
        [] if undated else planned.stages,
        planned.stage,
        planned.notes,
        planned.tags,
        planned.contact,
    ]
    text = json.dumps(told, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:24]


def _one_line(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
