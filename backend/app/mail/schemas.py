"""Connecting Gmail as the API shows it."""

from __future__ import annotations

from pydantic import BaseModel


class AuthUrl(BaseModel):
    url: str
