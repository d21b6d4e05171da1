"""Connecting Gmail as the API shows it."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel


class AuthUrl(BaseModel):
    url: str


class GmailHealth(BaseModel):
    """Booleans only: this answers without a login."""

    status: str
    timestamp: datetime
    database: bool
    redis: bool | None
    gmail_api: bool
    gmail_configured: bool
