"""Other trackers' tables: what their rows would become, and the run that makes applications of them."""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo

from app.applications.decided import repository as decided
from app.applications.errors import ContactExists, TooManyKept
from app.applications.keeping import service as keeping
from app.applications.models import Application, Stage
from app.companies import service as companies
from app.core.clock import now
from app.core.db import ReadSession, WriteSession
from app.correlation.keys import company_buckets
from app.intake import duplicates
from app.intake import importing as intake
from app.portability.tables.dates import DateOrder
from app.portability.tables.errors import ColumnsUnfit, DateOrderNeeded, NoCompanyColumn, NothingToImport
from app.portability.tables.guessing import SEVERAL, Target
from app.portability.tables.planning import Planned, Scheme, map_table, plan
from app.portability.tables.reading import Table, read_table
from app.runs import service as runs
from app.runs.context import RunContext
from app.runs.errors import RunCanceled
from app.runs.models import Run, RunKind

AT_ONCE = 10
Fate = Literal["new", "duplicate", "known", "bad", "left_out"]


@dataclass(frozen=True, slots=True)
class Choices:
    """What the person says about the table; None leaves it to be guessed. `leave_out` are numbers of rows."""

    columns: tuple[Target | None, ...] | None = None
    stages: Mapping[str, Stage | None] | None = None
    date_order: DateOrder | None = None
    duplicates: Literal["skip", "add"] = "skip"
    leave_out: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Outlook:
    """One row: what it would become, and what happens to it. `twin` is the application that it may be already."""

    planned: Planned
    fate: Fate
    twin: int | None = None


@dataclass(frozen=True, slots=True)
class Preview:
    """The whole table as it would be imported. `twins` has (company, title) by application."""

    table: Table
    scheme: Scheme
    rows: tuple[Outlook, ...]
    twins: Mapping[int, tuple[str, str]]


def preview(session: ReadSession, user_id: int, content: bytes, choices: Choices, zone: ZoneInfo) -> Preview:
    """Raises NotATable, TableTooLong, ColumnsUnfit."""
    table = read_table(content)
    if choices.columns is not None:
        _check(table, choices.columns)
    scheme = map_table(table, choices.columns, choices.stages, choices.date_order)
    planned = plan(table, scheme, zone, now())
    twins = _twins(session, user_id, planned)
    known = intake.keys(session, user_id)
    rows = tuple(
        Outlook(row, _fate(row, row.number in twins, known, choices), twins.get(row.number))
        for row in planned
    )
    names = decided.names_of(session, user_id, set(twins.values()))
    return Preview(table, scheme, rows, names)


def start(session: WriteSession, user_id: int, found: Preview, name: str) -> Run:
    """Queue the import of the rows that are to be imported. Those that were before are done already: a second click
    changes nothing. Raises NoCompanyColumn, DateOrderNeeded, NothingToImport, RunAlreadyActive."""
    if "company_name" not in found.scheme.columns:
        raise NoCompanyColumn("Say which column holds the company; without one nothing can be made of a row.")
    if found.scheme.asks_order:
        raise DateOrderNeeded(
            f"\u2018{found.scheme.examples[0]}\u2019 can be read in two ways: say whether the day comes first.",
            examples=list(found.scheme.examples),
        )
    wanted = [row.planned for row in found.rows if row.fate in {"new", "known"}]
    if not wanted:
        raise NothingToImport("Every row is left out, has a problem, or is there already.")
    keys = sorted(row.key for row in wanted)
    params = {
        "name": name,
        "batch": hashlib.sha256("\n".join(keys).encode()).hexdigest()[:32],
        "rows": _packed([row.to_json() for row in wanted]),
        "left_out": len(found.rows) - len(wanted),
    }
    return runs.create(session, user_id=user_id, kind=RunKind.IMPORT_TABLE, params=params, priority=10)


def load(ctx: RunContext) -> None:
    """The runner: makes an application of each row, ten in a transaction. A row that was imported is not again."""
    rows: list[dict[str, Any]] = _unpacked(ctx.params["rows"])
    name, batch = str(ctx.params["name"]), str(ctx.params["batch"])
    with ctx.batch() as session:
        known = intake.keys(session, ctx.user_id)
        if "left_out" not in ctx.result:  # a later attempt goes on with the same decision, or ends with it
            is_done = all(
                row["key"] in known for row in rows
            )  # the second click of a whole import begins none
            begun = None if is_done else intake.begin(session, ctx.user_id, batch, name)
            ctx.result = {"decision_id": begun, "left_out": ctx.params["left_out"]}
    decision_id = ctx.result["decision_id"]
    done = int(ctx.cursor.get("done", 0))
    ctx.progress(phase="importing", total=len(rows))
    for start in range(done, len(rows), AT_ONCE):
        ctx.checkpoint()
        portion = rows[start : start + AT_ONCE]
        with ctx.batch() as session:
            if decision_id is not None and not intake.goes_on(session, ctx.user_id, decision_id):
                raise RunCanceled
            fresh = [row for row in portion if row["key"] not in known]
            for row in fresh:
                application = intake.add(session, ctx.user_id, batch, row["key"], name, row)
                _keep(session, ctx.user_id, application, row)
            ctx.counts["created"] += len(fresh)
            ctx.counts["skipped"] += len(portion) - len(fresh)
            ctx.counts["processed"] += len(portion)
            ctx.cursor = {"done": start + len(portion)}


def _keep(session: WriteSession, user_id: int, application: Application, row: Mapping[str, Any]) -> None:
    """Notes, tags and the person to talk to. More tags than anybody may have are left out."""
    session.flush()
    if row["notes"]:
        keeping.add_note(session, user_id, application.id, row["notes"])
    with suppress(TooManyKept):
        for tag in row["tags"]:
            keeping.add_tag(session, user_id, application, tag)
    if row["contact"]:
        with suppress(ContactExists):
            keeping.add_contact(session, user_id, application.id, dict(row["contact"]))


def _fate(row: Planned, has_twin: bool, known: Collection[str], choices: Choices) -> Fate:
    if row.problems:
        return "bad"
    if row.number in choices.leave_out:
        return "left_out"
    if row.same_as_row is not None:
        return "duplicate"
    if row.key in known:
        return "known"
    return "duplicate" if has_twin and choices.duplicates == "skip" else "new"


def _twins(session: ReadSession, user_id: int, planned: Sequence[Planned]) -> dict[int, int]:
    """By number of the row: the application that it may be already, the likeliest."""
    blocks: defaultdict[str, list[duplicates.Row]] = defaultdict(list)
    for one in decided.in_sight(session, user_id, archived=True):
        row = duplicates.Row(*one)
        for block in _blocks_of(row):
            blocks[block].append(row)
    found: dict[int, int] = {}
    for one in planned:
        if one.problems:
            continue
        fresh = _as_row(one)
        near = {row.id: row for block in _blocks_of(fresh) for row in blocks.get(block, ())}
        pairs = [(pair.score, row.id) for row in near.values() if (pair := duplicates.compare(row, fresh))]
        if pairs:
            found[one.number] = max(pairs)[1]
    return found


def _as_row(planned: Planned) -> duplicates.Row:
    """The row as the finder of duplicates compares it: as if it stood among the applications."""
    begun = planned.begun_at or now()
    last = max([begun, *(datetime.fromisoformat(at) for _, at in planned.stages)])
    ended = planned.stage in {Stage.REJECTED, Stage.WITHDRAWN, Stage.ACCEPTED}
    return duplicates.Row(
        -planned.number,
        companies.company_key(planned.fields["company_name"]),
        companies.title_key(planned.fields.get("job_title", "")),
        planned.fields.get("requisition_id"),
        planned.fields.get("job_url"),
        begun,
        last,
        last if ended else None,
    )


def _blocks_of(row: duplicates.Row) -> list[str]:
    found = [f"company:{bucket}" for bucket in company_buckets(row.company_key)] if row.company_key else []
    link = companies.canonical_job_url(row.job_url) if row.job_url else None
    return [*found, f"link:{link}"] if link else found


def _check(table: Table, columns: Sequence[Target | None]) -> None:
    if len(columns) != len(table.headings):
        raise ColumnsUnfit(f"The table has {len(table.headings)} columns, {len(columns)} are named.")
    named = [target for target in columns if target is not None and target not in SEVERAL]
    twice = next((target for target in named if named.count(target) > 1), None)
    if twice is not None:
        raise ColumnsUnfit(f"Two columns are said to hold the {twice.replace('_', ' ')}.")


def _packed(rows: Sequence[Mapping[str, Any]]) -> str:
    """Rows small enough to travel with the run, wherever it is done."""
    return base64.b85encode(
        zlib.compress(json.dumps(rows, ensure_ascii=False).encode("utf-8", "replace"))
    ).decode()


def _unpacked(text: str) -> Any:
    return json.loads(zlib.decompress(base64.b85decode(text)))
