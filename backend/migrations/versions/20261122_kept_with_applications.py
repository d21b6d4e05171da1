"""what a person keeps with an application

Revision: kept
After: interviews
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "kept"
down_revision = "interviews"
branch_labels = None
depends_on = None

DELETED = sa.text("deleted_at IS NOT NULL")


def _owned(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["user_id"], ["users.id"], name=op.f(f"fk_{table}_user_id_users"), ondelete="CASCADE"
    )


def _of_application(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["application_id"],
        ["applications.id"],
        name=op.f(f"fk_{table}_application_id_applications"),
        ondelete="CASCADE",
    )


def upgrade() -> None:
    op.create_table(
        "notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        _owned("notes"),
        _of_application("notes"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notes")),
    )
    op.create_index("ix_notes_user_id", "notes", ["user_id"])
    op.create_index("ix_notes_application_id", "notes", ["application_id"])
    op.create_table(
        "tags",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=50), nullable=False),
        sa.Column("name_key", sa.String(length=100), nullable=False),
        _owned("tags"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tags")),
    )
    op.create_index("uq_tags_user_id_name_key", "tags", ["user_id", "name_key"], unique=True)
    op.create_table(
        "application_tags",
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("tag_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=True),
        _owned("application_tags"),
        _of_application("application_tags"),
        sa.ForeignKeyConstraint(
            ["tag_id"], ["tags.id"], name=op.f("fk_application_tags_tag_id_tags"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"],
            ["decisions.id"],
            name=op.f("fk_application_tags_decision_id_decisions"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("application_id", "tag_id", name=op.f("pk_application_tags")),
    )
    op.create_index("ix_application_tags_user_id", "application_tags", ["user_id"])
    op.create_index("ix_application_tags_decision_id", "application_tags", ["decision_id"])
    op.create_index(
        "ix_application_tags_tag_id_application_id", "application_tags", ["tag_id", "application_id"]
    )
    op.create_table(
        "reminders",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=300), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("snoozed_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        _owned("reminders"),
        _of_application("reminders"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminders")),
    )
    op.create_index("ix_reminders_application_id", "reminders", ["application_id"])
    op.create_index("ix_reminders_user_id_due_at", "reminders", ["user_id", "due_at"])
    op.create_table(
        "saved_views",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("query", sa.String(length=2000), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        _owned("saved_views"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_views")),
    )
    op.create_index("uq_saved_views_user_id_name", "saved_views", ["user_id", "name"], unique=True)
    op.create_index("ix_applications_merged_into", "applications", ["merged_into"])
    op.create_index(
        "ix_applications_deleted_at",
        "applications",
        ["deleted_at"],
        sqlite_where=DELETED,
        postgresql_where=DELETED,
    )
    with op.batch_alter_table("contacts") as batch_op:
        batch_op.alter_column("email", existing_type=sa.String(length=320), nullable=True)
        batch_op.add_column(sa.Column("phone", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("by_user", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("said", sa.JSON(), nullable=False, server_default="{}"))
        batch_op.add_column(sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.execute("DELETE FROM contacts WHERE email IS NULL")
    with op.batch_alter_table("contacts") as batch_op:
        batch_op.drop_column("hidden_at")
        batch_op.drop_column("said")
        batch_op.drop_column("by_user")
        batch_op.drop_column("phone")
        batch_op.alter_column("email", existing_type=sa.String(length=320), nullable=False)
    op.drop_index("ix_applications_deleted_at", "applications")
    op.drop_index("ix_applications_merged_into", "applications")
    for table in ("saved_views", "reminders", "application_tags", "tags", "notes"):
        op.drop_table(table)
