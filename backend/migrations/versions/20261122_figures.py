"""what figures keep

Revision: figures
After: replies
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = 'figures'
down_revision = 'replies'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('predictions',
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('fingerprint', sa.String(length=100), nullable=False),
    sa.Column('computed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('card', sa.JSON(), nullable=False),
    sa.Column('scores', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_predictions_user_id_users'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('user_id', name=op.f('pk_predictions'))
    )
    op.create_table('response_estimates',
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('computed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('stale_days', sa.Integer(), nullable=False),
    sa.Column('curves', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_response_estimates_user_id_users'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('user_id', name=op.f('pk_response_estimates'))
    )
    op.create_index('ix_applications_user_id_version', 'applications', ['user_id', 'version'], unique=False)


def downgrade() -> None:
    op.drop_index('ix_applications_user_id_version', table_name='applications')
    op.drop_table('response_estimates')
    op.drop_table('predictions')
