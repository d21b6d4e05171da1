"""What SQLite's query planner should believe about the tables, before it could measure anything.

Without statistics SQLite takes every index for one that finds ten rows. All of ours that begin with `user_id` find a
person's whole mailbox: reading three emails by their ids would then walk through all of them. SQLite lets an
application write the table of statistics itself (https://www.sqlite.org/fileformat2.html#stat1tab); an ANALYZE
replaces what stands here by what it measures.
"""

from __future__ import annotations

import re
import sqlite3

ROWS = 1_000_000
ROWS_OF_ONE_OWNER = 200_000
_OWNERS = frozenset({"user_id", "mail_account_id"})
_FEW_VALUES = 8
_SEVERAL = 10
_SHORT_TEXT = re.compile(r"VARCHAR\((\d+)\)")


def write_statistics(connection: sqlite3.Connection) -> int:
    """Write the statistics of every index, in one transaction; how many indexes there are. Connections that are
    opened afterwards use them."""
    connection.execute("ANALYZE sqlite_schema")
    indexes = connection.execute(
        "SELECT tbl_name, name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL"
    ).fetchall()
    with connection:
        for table, index in indexes:
            connection.execute("DELETE FROM sqlite_stat1 WHERE tbl = ? AND idx = ?", (table, index))
            connection.execute(
                "INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES (?, ?, ?)",
                (table, index, _describe(connection, table, index)),
            )
    return len(indexes)


def _describe(connection: sqlite3.Connection, table: str, index: str) -> str:
    """The rows of the table, then how many share the first column, the first two, and so on."""
    types = {
        row[1]: str(row[2]).upper() for row in connection.execute(f"PRAGMA table_info({_quoted(table)})")
    }
    columns = [row[2] for row in connection.execute(f"PRAGMA index_info({_quoted(index)})")]
    is_unique = any(
        row[1] == index and row[2] for row in connection.execute(f"PRAGMA index_list({_quoted(table)})")
    )
    shared, counts = ROWS, []
    for place, column in enumerate(columns):
        if is_unique and place == len(columns) - 1:
            shared = 1
        elif column in _OWNERS:
            shared = min(shared, ROWS_OF_ONE_OWNER)
        elif _has_few_values(types.get(column, "")):
            shared = max(shared // _FEW_VALUES, 1)
        else:
            shared = min(shared, _SEVERAL)
        counts.append(shared)
    return " ".join(str(number) for number in (ROWS, *counts))


def _has_few_values(kind: str) -> bool:
    """Whether a column of this type says one of a few words or yes and no: stages, kinds, sources."""
    short = _SHORT_TEXT.fullmatch(kind)
    return kind == "BOOLEAN" or (short is not None and int(short.group(1)) <= 40)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
