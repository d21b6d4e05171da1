"""Mail accounts, emails, their bodies and sources, and the states of OAuth flows."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, UtcDateTime


class Provider(StrEnum):
    GMAIL = "gmail"
    IMAP = "imap"
    ARCHIVE = "archive"


class MailAccount(Base):
    """One connected source of a user. Archive accounts have no credentials; the demo mailbox is one of its own.
    `connected_at` is when the person last gave their consent."""

    __tablename__ = "mail_accounts"
    __table_args__ = (
        Index("uq_mail_accounts_user_provider_address", "user_id", "provider", "address", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    provider: Mapped[str] = mapped_column(String(20))
    address: Mapped[str] = mapped_column(String(320))
    is_demo: Mapped[bool] = mapped_column(default=False)
    credentials: Mapped[bytes | None] = mapped_column(LargeBinary)
    scopes: Mapped[list[str]] = mapped_column(JSON, default=list)
    needs_reauth: Mapped[bool] = mapped_column(default=False)
    retry_after: Mapped[datetime | None] = mapped_column(UtcDateTime)
    connected_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class QuotaBucket(Base):
    """The units of one mailbox at its provider: `full_at` is when the bucket will be full again, `wanted_until`
    is until when background readers leave it to others."""

    __tablename__ = "quota_buckets"

    address: Mapped[str] = mapped_column(String(320), primary_key=True)
    full_at: Mapped[datetime] = mapped_column(UtcDateTime)
    wanted_until: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Email(Base):
    """One message, once per user. `direction` is `in` or `out`; `headers` keeps the facts classification reads."""

    __tablename__ = "emails"
    __table_args__ = (
        Index("uq_emails_user_dedupe_key", "user_id", "dedupe_key", unique=True),
        Index("ix_emails_user_id_received_at", "user_id", "received_at"),
        Index("ix_emails_user_id_rfc822_message_id", "user_id", "rfc822_message_id"),
        Index("ix_emails_user_id_in_reply_to", "user_id", "in_reply_to"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    dedupe_key: Mapped[str] = mapped_column(String(100))
    rfc822_message_id: Mapped[str | None] = mapped_column(String(500))
    in_reply_to: Mapped[str | None] = mapped_column(String(500))
    references: Mapped[list[str]] = mapped_column(JSON, default=list)
    subject: Mapped[str] = mapped_column(Text)
    sender_name: Mapped[str] = mapped_column(String(320))
    sender_email: Mapped[str] = mapped_column(String(320))
    recipients: Mapped[list[str]] = mapped_column(JSON, default=list)
    snippet: Mapped[str] = mapped_column(String(240))
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    direction: Mapped[str] = mapped_column(String(3))
    size: Mapped[int]
    headers: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    attachments: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    has_calendar: Mapped[bool] = mapped_column(default=False)
    content_hash: Mapped[str] = mapped_column(String(64))
    is_deleted: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class EmailBody(Base):
    """What the mail says: canonical text, the original HTML (compressed) and the calendar part."""

    __tablename__ = "email_bodies"

    email_id: Mapped[int] = mapped_column(ForeignKey("emails.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[bytes | None] = mapped_column(LargeBinary)
    calendar: Mapped[str | None] = mapped_column(Text)
    links: Mapped[list[str]] = mapped_column(JSON, default=list)
    is_cut: Mapped[bool] = mapped_column(default=False)
    parser_version: Mapped[int]


class EmailSource(Base):
    """One door through which an email came."""

    __tablename__ = "email_sources"
    __table_args__ = (
        Index("uq_email_sources_account_message", "mail_account_id", "provider_message_id", unique=True),
        Index("ix_email_sources_email_id", "email_id"),
        Index("ix_email_sources_user_id_thread_id", "user_id", "thread_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    email_id: Mapped[int] = mapped_column(ForeignKey("emails.id", ondelete="CASCADE"))
    mail_account_id: Mapped[int] = mapped_column(ForeignKey("mail_accounts.id", ondelete="CASCADE"))
    provider_message_id: Mapped[str] = mapped_column(String(200))
    thread_id: Mapped[str | None] = mapped_column(String(200))
    history_id: Mapped[int | None] = mapped_column(BigInteger)  # Google counts in 64 bits
    internal_date: Mapped[datetime | None] = mapped_column(UtcDateTime)  # when it reached the source
    labels: Mapped[list[str]] = mapped_column(JSON, default=list)
    is_deleted: Mapped[bool] = mapped_column(default=False)


class OauthState(Base):
    """One consent under way: single use, bound to the user and to the browser's nonce, ten minutes of life."""

    __tablename__ = "oauth_states"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    state_hash: Mapped[str] = mapped_column(String(64), unique=True)
    nonce_hash: Mapped[str | None] = mapped_column(String(64))
    code_verifier: Mapped[bytes] = mapped_column(LargeBinary)
    redirect_uri: Mapped[str] = mapped_column(String(500))
    redirect_url: Mapped[str] = mapped_column(String(500))
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
