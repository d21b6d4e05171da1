"""What the archive of an account holds, derived from the tables: a new table is in it, unless a reason stands here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from graphlib import TopologicalSorter
from typing import Any

from sqlalchemy import Column, Integer, LargeBinary, Table

from app.core.db import Base
from app.portability.archive.inner_ids import INNER_IDS

LEFT_OUT: dict[str, str] = {
    "sessions": "sign-ins of this installation",
    "tickets": "passes of a minute",
    "egress": "machines that this installation contacted; another one contacts its own",
    "api_keys": "secrets of this installation",
    "recovery_codes": "secrets of this installation",
    "oauth_states": "consents under way",
    "run_accounts": "what runs hold while they are active",
    "run_turns": "what runs hold while they are active",
    "classification_cache": "a cache whose keys hold for one installation",
    "predictions": "a cache that is computed again when somebody looks",
    "response_estimates": "a cache that is computed again when a run ends",
}
WITHHELD: dict[tuple[str, str], str] = {
    ("users", "id"): "given by each installation",
    ("users", "username"): "the account that it comes home to keeps its own name",
    ("users", "username_key"): "the account that it comes home to keeps its own name",
    ("users", "password_hash"): "a secret",
    ("users", "google_sub"): "signing in is up to each installation",
    ("users", "google_email"): "signing in is up to each installation",
    ("users", "totp_secret"): "a secret",
    ("users", "totp_confirmed_at"): "signing in is up to each installation",
    ("users", "totp_last_step"): "signing in is up to each installation",
    ("users", "is_admin"): "what one may do is up to each installation",
    ("users", "deactivated_at"): "what one may do is up to each installation",
    ("users", "last_seen_at"): "about sign-ins of this installation",
    ("users", "created_at"): "about the account of this installation",
    ("mail_accounts", "credentials"): "a secret",
    ("calendar_feeds", "secret_hash"): "the address of a calendar is as good as its secret",
    ("runs", "params"): "names files and rows of this installation; what ended is not begun again elsewhere",
    ("runs", "cursor"): "names files and rows of this installation; what ended is not begun again elsewhere",
    ("runs", "holder"): "who does it here",
    ("runs", "lease_token"): "who does it here",
    ("runs", "lease_until"): "who does it here",
    ("runs", "not_before"): "who does it here",
}
# Named or made like secrets, and none.
HARMLESS = frozenset(
    {
        ("emails", "content_hash"),
        ("email_bodies", "html"),
        ("llm_calls", "error_code"),
        ("runs", "error_code"),
    }
    | {("llm_calls", "input_tokens"), ("llm_calls", "output_tokens")}
)
PROFILE = "users"
# Of this table, which says what somebody may do, nothing travels but what is named here.
PROFILE_COLUMNS = frozenset({"email", "display_name", "time_zone", "locale", "own_addresses"})
# What is put in place of what is there, in the last step; all else is only put where nothing is.
LAST = ("settings", PROFILE)
# Rows of these don't make an account one that is in use.
NOT_IN_USE = frozenset({*LAST, "runs", "llm_calls"})
# What a person looks at in a spreadsheet.
SPREADSHEETS = (
    "applications", "interviews", "action_items", "reminders", "notes", "contacts", "timeline_events", "emails",
)  # fmt: skip
_SECRET = re.compile(r"secret|token|hash|password|passwd|credential|totp|otp|_code|code_|private|api_key")
# Columns that name a row without a foreign key.
_LOOSE: dict[tuple[str, str], str] = {("timeline_events", "run_id"): "runs"}


@dataclass(frozen=True)
class Part:
    """One table in the archive. `number` is the column that the database numbers by itself; `refers` says which
    table's ids a column holds; `inward` are the columns that point to rows of the same table."""

    table: Table
    columns: tuple[Column[Any], ...]
    number: str | None
    refers: Mapping[str, str]
    inward: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.table.name

    @property
    def file(self) -> str:
        return f"data/{self.name}.jsonl"

    @property
    def order(self) -> tuple[Column[Any], ...]:
        """By what its rows are sorted: as they came."""
        first = (self.table.c.created_at,) if self.name == "runs" else ()
        return (*first, *self.table.primary_key)


@cache
def parts() -> tuple[Part, ...]:
    """Every table that travels, each after those that it points to. All models must have been imported."""
    found = {
        table.name: _part(table)
        for table in Base.metadata.tables.values()
        if (table.name == PROFILE or "user_id" in table.columns) and table.name not in LEFT_OUT
    }
    order: TopologicalSorter[str] = TopologicalSorter()
    for name in sorted(found):
        inner = {other for (table, _), (others, _) in INNER_IDS.items() if table == name for other in others}
        order.add(name, *sorted(({*found[name].refers.values()} | inner) & found.keys() - {name}))
    names = [name for name in order.static_order() if name not in LAST]
    return tuple(found[name] for name in (*names, *LAST))


def part_of(name: str) -> Part:
    """The part of a table that travels."""
    return next(part for part in parts() if part.name == name)


def looks_secret(column: Column[Any]) -> bool:
    """Whether its name or its kind says that a column holds what must not leave."""
    return bool(_SECRET.search(column.name)) or isinstance(column.type, LargeBinary)


def _part(table: Table) -> Part:
    columns = tuple(
        column
        for column in table.columns
        if column.name != "user_id"
        and (table.name, column.name) not in WITHHELD
        and (table.name != PROFILE or column.name in PROFILE_COLUMNS)
    )
    refers = {
        column.name: key.column.table.name
        for column in columns
        for key in column.foreign_keys
        if key.column.table.name not in {"users", *LEFT_OUT}
    }
    refers |= {column: other for (name, column), other in _LOOSE.items() if name == table.name}
    inward = tuple(name for name, other in refers.items() if other == table.name)
    return Part(table, columns, _number_of(table), refers, inward)


def _number_of(table: Table) -> str | None:
    keys = list(table.primary_key)
    if len(keys) == 1 and isinstance(keys[0].type, Integer) and not keys[0].foreign_keys:
        return keys[0].name if table.name != PROFILE else None
    return None
