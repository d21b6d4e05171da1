"""Bringing an archive home: everything is checked first, then stored in short steps, and taken back if one fails.

The ids in the archive are another installation's. Rows come in the order of their old ids and get new ones in the same
order, so what the cursor has to remember of them are the stretches of new ids: after a restart the pairs are made
again from the archive itself.
"""

from __future__ import annotations

import hashlib
import uuid
from array import array
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy.exc import DataError, IntegrityError

from app.auth.models import User
from app.core import db
from app.core.db import ReadSession, WriteSession
from app.core.errors import AppError
from app.mail.models import Provider
from app.portability.archive import repository
from app.portability.archive.contents import LAST, NOT_IN_USE, Part, part_of, parts
from app.portability.archive.errors import AccountInUse, ArchiveGone, ArchiveUnfit
from app.portability.archive.inner_ids import INNER_IDS
from app.portability.archive.reading import Known, Package, Row, open_package
from app.runs import service as runs
from app.runs.context import RunContext
from app.runs.errors import RunCanceled
from app.runs.models import Run, RunKind
from app.runs.service import RESTORED

AT_ONCE = 100
BYTES_AT_ONCE = 512 * 1024
_REMOVE_AT_ONCE = 200
_CLICK = 10
_NOUNS = {
    "applications": "application", "emails": "email", "mail_accounts": "mail account", "notes": "note",
    "saved_views": "saved view", "templates": "template", "tags": "tag",
}  # fmt: skip


def start(session: WriteSession, user: User, path: Path) -> Run:
    """Queue the restoring of the archive at `path`. Raises AccountInUse, RunAlreadyActive."""
    refuse_in_use(session, user.id)
    return runs.create(
        session,
        user_id=user.id,
        kind=RunKind.RESTORE,
        params={"path": str(path)},
        dedupe_key=RunKind.RESTORE,
        priority=_CLICK,
    )


def refuse_in_use(session: ReadSession, user_id: int) -> None:
    """Raises AccountInUse, when anything stands in the account that an archive would bring too."""
    found = {}
    for part in parts():
        if part.name not in NOT_IN_USE and (amount := repository.count(session, user_id, part)):
            found[part.name] = amount
    if found:
        named = [
            f"{found[name]:,} {noun if found[name] == 1 else f'{noun}s'}"
            for name, noun in _NOUNS.items()
            if name in found
        ]
        holds = " and ".join([", ".join(named[:-1]), named[-1]] if len(named) > 1 else named) or "something"
        raise AccountInUse(
            f"This account holds {holds} already. Restore the archive into a new user's account, which is empty.",
            rows=found,
        )


def run_restore(ctx: RunContext) -> None:
    """params: path, of the uploaded file, which goes when the run ends. What failed is taken back as a whole."""
    path = Path(ctx.params["path"])
    if not path.exists():
        raise ArchiveGone("Its file was removed when the run before ended.")
    if ctx.cursor.get("run") != ctx.run_id:  # a run that is tried again begins anew
        ctx.cursor = {"run": ctx.run_id, "table": 0, "lines": 0, "made": {}}
        with db.read_session() as session:
            refuse_in_use(session, ctx.user_id)
    try:
        with open_package(path) as package:
            _Restoring(ctx, package).do()
    except (AppError, RunCanceled):
        take_back(ctx)
        path.unlink(missing_ok=True)
        raise
    path.unlink(missing_ok=True)


class _Restoring:
    """One attempt. `new` gives the new id for an old one, None for a row that is not in the archive."""

    def __init__(self, ctx: RunContext, package: Package) -> None:
        self._ctx, self._package = ctx, package
        self._total = sum(package.rows.values())
        self._known: dict[str, Known] = {}
        self._made: dict[str, array[int]] = {}

    def do(self) -> None:
        ctx = self._ctx
        seen = 0

        def on_row() -> None:
            nonlocal seen
            seen += 1
            if seen % AT_ONCE == 0:
                ctx.checkpoint()

        ctx.progress(phase="checking", total=self._total)
        self._known = self._package.check(on_row)
        self._made = {name: _spread(pairs) for name, pairs in ctx.cursor["made"].items()}
        ctx.progress(phase="restoring")
        steps = [part for part in parts() if part.name not in LAST]
        for index, part in enumerate(steps):
            if index < ctx.cursor["table"]:
                continue
            self._restore(part)
            with ctx.batch():
                ctx.cursor |= {"table": index + 1, "lines": 0}
        self._finish()

    def new(self, table: str, old: int) -> int | None:
        place = self._known[table].place(old)
        made = self._made.get(table)
        return made[place] if place is not None and made is not None and place < len(made) else None

    def _restore(self, part: Part) -> None:
        """The rows of one table; then, where they lead to each other, the same lines once more."""
        done = self._ctx.cursor["lines"]
        amount = self._package.rows.get(part.name, 0)
        for some in _portions(self._package.lines(part, min(done, amount))):
            self._step(part, some)
        if part.inward:
            for some in _portions(self._package.lines(part, max(0, done - amount))):
                self._join(part, some)

    def _step(self, part: Part, some: Sequence[Row]) -> None:
        ctx = self._ctx
        ctx.checkpoint()
        with _fitting(part), ctx.batch() as session:
            if part.number is not None:
                self._number(session, part, len(some))
            values = [self._fit(part, row) for row in some]
            repository.add(session, part.table, values)
            if part.name == "email_sources":
                self._rename_keys(session, some, values)
            ctx.cursor["lines"] += len(some)
            ctx.counts["processed"] += len(some)
            ctx.counts["created"] += len(some) if part.name == "emails" else 0
        ctx.progress()

    def _join(self, part: Part, some: Sequence[Row]) -> None:
        self._ctx.checkpoint()
        with self._ctx.batch() as session:
            for row in some:
                told = {name: self.new(part.name, row[name]) for name in part.inward if row[name] is not None}
                if told:
                    row_id = self.new(part.name, row["id"]) or 0
                    repository.point(session, self._ctx.user_id, part.table, row_id, told)
            self._ctx.cursor["lines"] += len(some)

    def _number(self, session: WriteSession, part: Part, amount: int) -> None:
        ids = repository.reserve(session, part, amount)
        self._made.setdefault(part.name, array("q")).extend(ids)
        pairs: list[list[int]] = [list(pair) for pair in self._ctx.cursor["made"].get(part.name, [])]
        for one in ids:
            if pairs and pairs[-1][0] + pairs[-1][1] == one:
                pairs[-1][1] += 1
            else:
                pairs.append([one, 1])
        self._ctx.cursor["made"] = {**self._ctx.cursor["made"], part.name: pairs}

    def _fit(self, part: Part, row: Row) -> Row:
        """The row as it stands here: its owner, its ids, and what is not taken over."""
        made = dict(row)
        for column, other in part.refers.items():
            made[column] = None if other == part.name else self._reference(other, row[column])
        for (table, column), (_, rewrite) in INNER_IDS.items():
            if table == part.name and row[column] is not None:
                made[column] = _rewritten(part, column, rewrite(row[column], row, self.new))
        if part.number is not None:
            made[part.number] = self.new(part.name, row[part.number])
        if part.name == "runs":
            made |= {
                "id": self._run_id(row["id"]),
                "dedupe_key": _mark(self._ctx.run_id),
                "params": {},
                "cursor": {},
            }
        elif part.name == "mail_accounts":
            made["needs_reauth"] = row["provider"] != Provider.ARCHIVE
        if part.name != "users":
            made["user_id"] = self._ctx.user_id
        return made

    def _reference(self, table: str, old: int | str | None) -> int | str | None:
        if isinstance(old, str):
            return self._run_id(old) if self._known[table].holds(old) else None
        return None if old is None else self.new(table, old)

    def _run_id(self, old: str) -> str:
        return uuid.uuid5(uuid.UUID(self._ctx.run_id), old).hex

    def _rename_keys(self, session: WriteSession, some: Sequence[Row], values: Sequence[Row]) -> None:
        """An email is known by the account and the name that it came in with first."""
        for row, made in zip(some, values, strict=True):
            old = _key(row["mail_account_id"], row["provider_message_id"])
            new = _key(made["mail_account_id"], made["provider_message_id"])
            if old != new:
                repository.rename_key(session, self._ctx.user_id, made["email_id"], old, new)

    def _finish(self) -> None:
        """What replaces rows that are there comes last, in one step: from then on the account is whole."""
        last = [
            (part, [self._fit(part, row) for _, row in self._package.lines(part)])
            for part in map(part_of, LAST)
        ]
        with _fitting(last[0][0]), self._ctx.batch() as session:
            for part, values in last:
                kept = [{k: v for k, v in row.items() if k != part.number} for row in values]
                repository.put_in_place(session, self._ctx.user_id, part, kept)
            self._ctx.counts["processed"] = self._total
            self._ctx.result["rows"] = self._package.rows
            self._ctx.cursor = {"run": self._ctx.run_id, "table": len(parts()), "lines": 0, "made": {}}
        self._ctx.progress(phase="done")


@contextmanager
def _fitting(part: Part) -> Iterator[None]:
    """What the database refuses about these rows is the archive's fault."""
    try:
        yield
    except (IntegrityError, DataError) as error:
        raise ArchiveUnfit(
            f"{part.file} does not fit: something is there twice, or came into the account meanwhile."
        ) from error


def take_back(ctx: RunContext) -> None:
    """Remove what this run stored."""
    for index in reversed(range(len(parts()))):
        part = parts()[index]
        while True:
            with ctx.batch() as session:
                removed = _remove_some(session, ctx.user_id, ctx.run_id, part, ctx.cursor)
            if not removed:
                break
    with ctx.batch():
        ctx.cursor, ctx.counts["processed"], ctx.counts["created"] = {}, 0, 0


def take_back_left_over() -> None:
    """Remove what runs stored that ended without doing it themselves: canceled while they waited, or given up."""
    with db.read_session() as session:
        ended = [run for run in repository.failed_restores(session) if run.cursor.get("run") == run.id]
    for run in ended:
        for part in reversed(parts()):
            while True:
                with db.transaction() as writing:
                    if not _remove_some(writing, run.user_id, run.id, part, run.cursor):
                        break
        with db.transaction() as writing:
            repository.forget_cursor(writing, run.id)
        Path(str(run.params.get("path", ""))).unlink(missing_ok=True)


def _remove_some(
    session: WriteSession, user_id: int, run_id: str, part: Part, cursor: Mapping[str, Any]
) -> int:
    """Rows without numbers of their own go with those that they belong to."""
    if part.name in LAST or (part.number is None and part.refers):
        return 0
    if part.name == "runs":
        repository.remove_restored_runs(session, user_id, _mark(run_id))
        return 0
    if part.number is None:  # there were none before
        return repository.remove_all(session, user_id, part.table, _REMOVE_AT_ONCE)
    for first, amount in cursor.get("made", {}).get(part.name, []):
        if removed := repository.remove_between(
            session, user_id, part, first, first + amount - 1, _REMOVE_AT_ONCE
        ):
            return removed
    return 0


def _mark(run_id: str) -> str:
    return f"{RESTORED}{run_id}"


def _key(account_id: int, provider_message_id: str) -> str:
    return hashlib.sha256(f"{account_id}\x1f{provider_message_id}".encode()).hexdigest()


def _rewritten(part: Part, column: str, value: Any) -> Any:
    length = getattr(part.table.c[column].type, "length", None)
    return value[:length] if isinstance(value, str) and length else value


def _spread(pairs: Sequence[Sequence[int]]) -> array[int]:
    return array("q", (one for first, amount in pairs for one in range(first, first + amount)))


def _portions(lines: Iterator[tuple[int, Row]]) -> Iterator[list[Row]]:
    """A few rows at a time, fewer of large ones: each portion is one short transaction."""
    some: list[Row] = []
    size = 0
    for _, row in lines:
        some.append(row)
        size += sum(len(value) for value in row.values() if isinstance(value, str | bytes))
        if len(some) >= AT_ONCE or size >= BYTES_AT_ONCE:
            yield some
            some, size = [], 0
    if some:
        yield some
