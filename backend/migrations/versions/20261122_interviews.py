"""interviews that people edit, action items put off, calendar feed, templates and drafts

Revision: interviews
After: 0001
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = 'interviews'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('interviews', schema=None) as batch_op:
        batch_op.add_column(sa.Column('title', sa.String(length=200), nullable=True))
        batch_op.add_column(sa.Column('description', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('people', sa.JSON(), server_default='[]', nullable=False))
        batch_op.add_column(sa.Column('prep_notes', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('emails', sa.JSON(), server_default='[]', nullable=False))
        batch_op.add_column(sa.Column('decision_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('uid', sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column('sequence', sa.Integer(), server_default='0', nullable=False))
        batch_op.add_column(sa.Column('changed_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_interviews_decision_id_decisions'), 'decisions', ['decision_id'], ['id'], ondelete='SET NULL')
        batch_op.create_index('ix_interviews_user_id_starts_at', ['user_id', 'starts_at'], unique=False)

    with op.batch_alter_table('action_items', schema=None) as batch_op:
        batch_op.add_column(sa.Column('snoozed_until', sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('action_items', schema=None) as batch_op:
        batch_op.drop_column('snoozed_until')

    with op.batch_alter_table('interviews', schema=None) as batch_op:
        batch_op.drop_index('ix_interviews_user_id_starts_at')
        batch_op.drop_constraint(batch_op.f('fk_interviews_decision_id_decisions'), type_='foreignkey')
        for name in ('changed_at', 'sequence', 'uid', 'decision_id', 'emails', 'prep_notes', 'people', 'description', 'title'):
            batch_op.drop_column(name)
