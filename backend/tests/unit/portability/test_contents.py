"""Nothing of an account is forgotten in its archive, and nothing secret gets into it."""

from __future__ import annotations

from sqlalchemy import JSON

from app import orm
from app.applications.models import DecisionKind
from app.portability.archive import values
from app.portability.archive.contents import (
    HARMLESS,
    LAST,
    LEFT_OUT,
    NOT_IN_USE,
    PROFILE_COLUMNS,
    SPREADSHEETS,
    WITHHELD,
    looks_secret,
    parts,
)
from app.portability.archive.inner_ids import INNER_IDS, NO_IDS, OF_DECISIONS

COLUMNS = {(table.name, column.name) for table in orm.metadata.tables.values() for column in table.columns}
TRAVEL = {(part.name, column.name): column for part in parts() for column in part.columns}


def test_every_table_of_a_person_travels_or_has_a_reason_not_to() -> None:
    theirs = {table.name for table in orm.metadata.tables.values() if "user_id" in table.columns} | {"users"}
    travelling = {part.name for part in parts()}
    assert travelling | LEFT_OUT.keys() == theirs
    assert not travelling & LEFT_OUT.keys()
    assert all((*LEFT_OUT.values(), *WITHHELD.values())), "each with its reason"


def test_every_column_of_a_login_was_thought_of() -> None:
    columns = {column for table, column in COLUMNS if table == "users"}
    assert columns == PROFILE_COLUMNS | {column for table, column in WITHHELD if table == "users"}
    assert not PROFILE_COLUMNS & {column for table, column in WITHHELD if table == "users"}


def test_what_the_lists_name_exists() -> None:
    named = {*WITHHELD, *HARMLESS, *INNER_IDS, *NO_IDS, *values.ONE_OF, *values.ADDRESSES, *values.PACKED}
    assert named - COLUMNS == set()
    assert {*LAST, *NOT_IN_USE, *SPREADSHEETS} - {part.name for part in parts()} == set()


def test_nothing_that_looks_like_a_secret_travels() -> None:
    """A column that trips this is withheld, or is harmless for a reason that its reviewer knows."""
    assert {name for name, column in TRAVEL.items() if looks_secret(column)} - HARMLESS == set()


def test_every_place_that_may_hide_ids_was_looked_at() -> None:
    trees = {name for name, column in TRAVEL.items() if isinstance(column.type, JSON)}
    assert trees - {*INNER_IDS, *NO_IDS} == set()
    assert not set(INNER_IDS) & NO_IDS
    assert set(OF_DECISIONS) == {str(kind) for kind in DecisionKind}
    numbered = {
        name
        for name in TRAVEL
        if name[1].endswith("_id")
        and not any(word in name[1] for word in ("message_id", "thread_id", "history_id", "draft_id"))
        and name[1] != "requisition_id"
    }
    refers = {(part.name, column) for part in parts() for column in part.refers}
    assert numbered - refers - set(INNER_IDS) == set()


def test_rows_come_after_those_that_they_point_to() -> None:
    seen: set[str] = set()
    for part in parts():
        inner = {
            other for (name, _), (others, _) in INNER_IDS.items() if name == part.name for other in others
        }
        assert ({*part.refers.values()} | inner) - {part.name} - seen == set(), part.name
        seen.add(part.name)
    assert tuple(part.name for part in parts()[-len(LAST) :]) == LAST
