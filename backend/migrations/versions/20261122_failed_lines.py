"""an index of the ledger's failures alone: each sync asks for them

Revision: failed_lines
After: figures
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = 'failed_lines'
down_revision = 'figures'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        'ix_email_logs_failed',
        'email_logs',
        ['mail_account_id', 'provider_message_id'],
        sqlite_where=sa.text("outcome = 'failed'"),
        postgresql_where=sa.text("outcome = 'failed'"),
    )


def downgrade() -> None:
    op.drop_index('ix_email_logs_failed', table_name='email_logs')
