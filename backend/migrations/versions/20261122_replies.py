"""drafts of replies, templates, calendar subscription and what was written to Google's calendar

Revision: replies
After: reading_again
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = 'replies'
down_revision = 'reading_again'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('action_items', schema=None) as batch_op:
        batch_op.add_column(sa.Column('sequence', sa.Integer(), server_default='0', nullable=False))
        batch_op.add_column(sa.Column('changed_at', sa.DateTime(timezone=True), nullable=True))

    op.create_table('calendar_feeds',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('secret_hash', sa.String(length=64), nullable=True),
    sa.Column('seed', sa.String(length=32), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('last_read_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_calendar_feeds_user_id_users'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_calendar_feeds')),
    sa.UniqueConstraint('secret_hash', name=op.f('uq_calendar_feeds_secret_hash')),
    sa.UniqueConstraint('user_id', name=op.f('uq_calendar_feeds_user_id'))
    )
    op.create_table('templates',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=20), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_templates_user_id_users'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_templates'))
    )
    with op.batch_alter_table('templates', schema=None) as batch_op:
        batch_op.create_index('uq_templates_user_id_key', ['user_id', 'key'], unique=True)

    op.create_table('calendar_writes',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('interview_id', sa.Integer(), nullable=False),
    sa.Column('mail_account_id', sa.Integer(), nullable=True),
    sa.Column('sequence', sa.Integer(), nullable=False),
    sa.Column('link', sa.Text(), nullable=True),
    sa.Column('written_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['interview_id'], ['interviews.id'], name=op.f('fk_calendar_writes_interview_id_interviews'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['mail_account_id'], ['mail_accounts.id'], name=op.f('fk_calendar_writes_mail_account_id_mail_accounts'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_calendar_writes_user_id_users'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_calendar_writes')),
    sa.UniqueConstraint('interview_id', name=op.f('uq_calendar_writes_interview_id'))
    )
    with op.batch_alter_table('calendar_writes', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_calendar_writes_mail_account_id'), ['mail_account_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_calendar_writes_user_id'), ['user_id'], unique=False)

    op.create_table('reply_drafts',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('application_id', sa.Integer(), nullable=False),
    sa.Column('email_id', sa.Integer(), nullable=True),
    sa.Column('mail_account_id', sa.Integer(), nullable=True),
    sa.Column('key', sa.String(length=64), nullable=False),
    sa.Column('message_id', sa.String(length=200), nullable=False),
    sa.Column('template', sa.String(length=20), nullable=True),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('provider_draft_id', sa.String(length=200), nullable=True),
    sa.Column('provider_message_id', sa.String(length=200), nullable=True),
    sa.Column('thread_id', sa.String(length=200), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['application_id'], ['applications.id'], name=op.f('fk_reply_drafts_application_id_applications'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['email_id'], ['emails.id'], name=op.f('fk_reply_drafts_email_id_emails'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['mail_account_id'], ['mail_accounts.id'], name=op.f('fk_reply_drafts_mail_account_id_mail_accounts'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_reply_drafts_user_id_users'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reply_drafts'))
    )
    with op.batch_alter_table('reply_drafts', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_reply_drafts_application_id'), ['application_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_reply_drafts_email_id'), ['email_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_reply_drafts_mail_account_id'), ['mail_account_id'], unique=False)
        batch_op.create_index('uq_reply_drafts_user_id_key', ['user_id', 'key'], unique=True)


def downgrade() -> None:
    for name in ('reply_drafts', 'calendar_writes', 'templates', 'calendar_feeds'):
        op.drop_table(name)
    with op.batch_alter_table('action_items', schema=None) as batch_op:
        batch_op.drop_column('changed_at')
        batch_op.drop_column('sequence')
