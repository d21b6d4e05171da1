"""Lists search one column of small letters; keys of mail are made anew, so that names with slips are found by key

Revision: searching
After: accounts
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "searching"
down_revision = "accounts"
branch_labels = None
depends_on = None

IN_SIGHT = sa.text("merged_into IS NULL AND deleted_at IS NULL AND archived_at IS NULL")
COUNTED = [
    "user_id", "stage", "category", "source", "requires_action", "last_direction", "needs_review", "pinned",
    "last_activity_at", "received_date", "search_text", "merged_into", "deleted_at", "archived_at",
]
BEFORE = [
    "user_id", "stage", "category", "source", "requires_action", "last_direction", "needs_review", "pinned",
    "last_activity_at", "received_date", "company_name", "job_title", "merged_into", "deleted_at", "archived_at",
]
AT_ONCE = 2_000


def _index_counted(columns: list[str]) -> None:
    op.create_index(
        "ix_applications_counted", "applications", columns, sqlite_where=IN_SIGHT, postgresql_where=IN_SIGHT
    )


def _fill(connection: sa.Connection) -> None:
    """Done here and not in SQL: SQLite's lower() knows no letters but those of English."""
    after = 0
    while True:
        rows = connection.execute(
            sa.text(
                "SELECT id, company_name, job_title FROM applications WHERE id > :after ORDER BY id LIMIT :n"
            ),
            {"after": after, "n": AT_ONCE},
        ).all()
        if not rows:
            return
        after = rows[-1][0]
        values = [
            {"i": row[0], "t": "\n".join(" ".join((name or "").lower().split()) for name in row[1:])}
            for row in rows
        ]
        connection.execute(sa.text("UPDATE applications SET search_text = :t WHERE id = :i"), values)


def upgrade() -> None:
    op.add_column("applications", sa.Column("search_text", sa.Text(), server_default="", nullable=False))
    connection = op.get_bind()
    _fill(connection)
    op.drop_index("ix_applications_counted", table_name="applications")
    _index_counted(COUNTED)
    if connection.dialect.name == "postgresql":
        op.execute(
            "CREATE INDEX ix_applications_search_text_trgm ON applications USING gin (search_text gin_trgm_ops)"
        )
    op.execute(
        "UPDATE verdicts SET link_pending = true "
        "WHERE EXISTS (SELECT 1 FROM link_keys WHERE link_keys.email_id = verdicts.email_id)"
    )


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP INDEX ix_applications_search_text_trgm")
    op.drop_index("ix_applications_counted", table_name="applications")
    _index_counted(BEFORE)
    op.drop_column("applications", "search_text")
