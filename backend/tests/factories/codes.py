"""Codes of an authenticator app."""

from __future__ import annotations

import pyotp
from fastapi import FastAPI

from app.core.clock import now
from tests.factories.accounts import PASSWORD, signed_in


def code_of(secret: str, steps: int = 0) -> str:
    """What the app shows now, or that many times 30 seconds from now."""
    return pyotp.TOTP(secret).at(now(), counter_offset=steps)


def switch_on(app: FastAPI, username: str) -> str:
    """Switch 2-step login on; the secret. It uses up the code of now and all before it."""
    with signed_in(app, username) as client:
        secret: str = client.post("/api/auth/totp", json={"password": PASSWORD}).json()["secret"]
        answer = client.post("/api/auth/totp/confirm", json={"code": code_of(secret)})
        assert answer.status_code == 200, answer.text
    return secret
