"""Users as administrators see and change them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from app.auth.schemas import Address, Line, NewPassword, Username


class AccountOut(BaseModel):
    """Somebody's account; nothing of their mail or applications."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    username: str
    email: str | None
    display_name: str | None
    is_admin: bool
    is_active: bool
    has_password: bool
    has_totp: bool
    has_google: bool
    google_email: str | None
    created_at: datetime
    last_seen_at: datetime | None


class _Input(BaseModel):
    model_config = ConfigDict(extra="forbid")


class AccountIn(_Input):
    """A new account. Without `password` the person can sign in only with the Google account of `google_email`."""

    username: Username
    password: NewPassword | None = None
    google_email: Address | None = None
    email: Address | None = None
    display_name: Annotated[Line, Field(max_length=200)] | None = None
    is_admin: bool = False


class AccountPatch(_Input):
    """Only what is sent changes. `is_active: false` signs the person out everywhere and keeps them out."""

    is_admin: bool | None = None
    is_active: bool | None = None
    google_email: Address | None = None


class PasswordReset(_Input):
    """A new password; with `totp_off` it is enough, for somebody who lost the authenticator app."""

    password: NewPassword
    totp_off: bool = False
