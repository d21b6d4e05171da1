"""SQLite looks single rows up by their ids, however many rows their owner has."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from app.core.planner import write_statistics


def plan(path: Path, query: str) -> str:
    with closing(sqlite3.connect(path)) as connection:
        return " ".join(row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {query}"))


def test_rows_are_not_looked_for_among_all_of_their_owner(tmp_path: Path) -> None:
    path = tmp_path / "some.sqlite3"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(
            """
            CREATE TABLE mails (id INTEGER PRIMARY KEY, user_id INTEGER, kind VARCHAR(12), at DATETIME);
            CREATE INDEX ix_mails_user_at ON mails (user_id, at);
            CREATE TABLE keys (id INTEGER PRIMARY KEY, user_id INTEGER, mail_id INTEGER, key VARCHAR(300));
            CREATE INDEX ix_keys_user_key ON keys (user_id, key);
            CREATE UNIQUE INDEX uq_keys_mail_key ON keys (mail_id, key);
            """
        )
    by_mail = "SELECT * FROM keys WHERE user_id = 1 AND mail_id IN (1, 2, 3)"
    assert "ix_keys_user_key" in plan(path, by_mail)
    with closing(sqlite3.connect(path)) as connection:
        assert write_statistics(connection) == 3
        assert write_statistics(connection) == 3
    assert "uq_keys_mail_key" in plan(path, by_mail)
    assert "PRIMARY KEY" in plan(path, "SELECT * FROM mails WHERE user_id = 1 AND id IN (1, 2, 3)")
    assert "ix_mails_user_at" in plan(path, "SELECT * FROM mails WHERE user_id = 1 AND at > 'x'")
    assert "ix_keys_user_key" in plan(path, "SELECT * FROM keys WHERE user_id = 1 AND key = 'x'")
