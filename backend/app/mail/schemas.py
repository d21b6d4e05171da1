"""Connecting Gmail as the API shows it."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel


class AuthUrl(BaseModel):
    url: str


class GmailClientOut(BaseModel):
    """What kind of client is kept now; its secret is never told."""

    kind: Literal["web", "installed"]
