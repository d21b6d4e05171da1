"""Reading mail again: verdicts that are kept aside, and which pipeline looked at a mail last

Revision: reading_again
After: kept
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = 'reading_again'
down_revision = 'kept'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('verdict_proposals',
    sa.Column('email_id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('run_id', sa.String(length=32), nullable=True),
    sa.Column('email_class', sa.String(length=30), nullable=False),
    sa.Column('verdict', sa.JSON(), nullable=False),
    sa.Column('changes', sa.JSON(), nullable=False),
    sa.Column('based_on', sa.DateTime(timezone=True), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['email_id'], ['emails.id'], name=op.f('fk_verdict_proposals_email_id_emails'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['run_id'], ['runs.id'], name=op.f('fk_verdict_proposals_run_id_runs'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_verdict_proposals_user_id_users'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('email_id', name=op.f('pk_verdict_proposals'))
    )
    with op.batch_alter_table('verdict_proposals', schema=None) as batch_op:
        batch_op.create_index('ix_verdict_proposals_user_id', ['user_id'], unique=False)

    with op.batch_alter_table('verdicts', schema=None) as batch_op:
        batch_op.add_column(sa.Column('checked_version', sa.String(length=80), nullable=True))
        batch_op.add_column(sa.Column('model_missed', sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    with op.batch_alter_table('verdicts', schema=None) as batch_op:
        batch_op.drop_column('model_missed')
        batch_op.drop_column('checked_version')

    with op.batch_alter_table('verdict_proposals', schema=None) as batch_op:
        batch_op.drop_index('ix_verdict_proposals_user_id')

    op.drop_table('verdict_proposals')
