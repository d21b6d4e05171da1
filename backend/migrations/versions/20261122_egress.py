"""Which hosts this installation has contacted

Revision: egress
After: searching
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = "egress"
down_revision = "searching"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "egress",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("key", sa.String(320), nullable=False),
        sa.Column("purpose", sa.String(32), nullable=False),
        sa.Column("host", sa.String(255), nullable=False),
        sa.Column("port", sa.Integer(), nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_egress_user_id_users", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_egress"),
        sa.UniqueConstraint("key", name="uq_egress_key"),
    )
    op.create_index("ix_egress_user_id", "egress", ["user_id"])


def downgrade() -> None:
    op.drop_table("egress")
