"""Lists of applications: an index for every order, and one that counting reads instead of the rows

Revision: lists
After: failed_lines
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "lists"
down_revision = "failed_lines"
branch_labels = None
depends_on = None

IN_SIGHT = sa.text("merged_into IS NULL AND deleted_at IS NULL AND archived_at IS NULL")
COUNTED = [
    "stage", "category", "source", "requires_action", "last_direction", "needs_review", "pinned",
    "last_activity_at", "received_date", "company_name", "job_title", "merged_into", "deleted_at", "archived_at",
]
# name -> columns after the owner: before, now
LISTS = {
    "ix_applications_category_received_date": (["category", "received_date"], ["category", "received_date", "id"]),
    "ix_applications_status_received_date": (["stage", "received_date"], ["stage", "received_date", "id"]),
    "ix_applications_received_date": (["received_date"], ["received_date", "id"]),
    "ix_applications_last_activity_at": (["last_activity_at"], None),
    "ix_applications_company_key": (["company_key"], None),
    "ix_applications_by_activity": (None, ["last_activity_at", "id"]),
    "ix_applications_by_company": (None, ["company_key", "id"]),
    "ix_applications_by_title": (None, ["title_key", "id"]),
    "ix_applications_by_stage": (None, ["stage", "stage_since", "id"]),
    "ix_applications_by_due": (None, ["next_due_at", "id"]),
    "ix_applications_counted": (None, COUNTED),
}


def _partial(name: str, columns: list[str], where: str) -> None:
    condition = sa.text(where)
    op.create_index(name, "applications", columns, sqlite_where=condition, postgresql_where=condition)


def upgrade() -> None:
    for name, (before, after) in LISTS.items():
        if before:
            op.drop_index(name, table_name="applications")
        if after:
            _partial(name, ["user_id", *after], str(IN_SIGHT))
    op.drop_index("ix_applications_merged_into", table_name="applications")
    _partial("ix_applications_merged_into", ["merged_into"], "merged_into IS NOT NULL")
    _partial("ix_applications_archived_at", ["user_id", "archived_at"], "archived_at IS NOT NULL")


def downgrade() -> None:
    op.drop_index("ix_applications_archived_at", table_name="applications")
    op.drop_index("ix_applications_merged_into", table_name="applications")
    op.create_index("ix_applications_merged_into", "applications", ["merged_into"])
    for name, (before, after) in LISTS.items():
        if after:
            op.drop_index(name, table_name="applications")
        if before:
            op.create_index(name, "applications", ["user_id", *before])
