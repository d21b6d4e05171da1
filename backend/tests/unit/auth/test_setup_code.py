"""The setup code and the CSRF token: derived from the secret, and of nothing else."""

from __future__ import annotations

from pathlib import Path

from app.auth import tokens
from tests.factories.settings import make_settings


def test_the_code_follows_from_the_secret(tmp_path: Path) -> None:
    one = make_settings("sqlite://", tmp_path)
    other = make_settings("sqlite://", tmp_path, secret_key="another-secret-that-is-long-enough-too")
    code = tokens.setup_code(one)
    assert code == tokens.setup_code(one)
    assert code != tokens.setup_code(other)
    assert len(code) == 14
    assert tokens.is_setup_code(one, f" {code.lower()} ")
    assert not tokens.is_setup_code(other, code)
    assert not tokens.is_setup_code(one, code[:-1])
    assert not tokens.is_setup_code(one, "")


def test_csrf_tokens_belong_to_one_session(tmp_path: Path) -> None:
    settings = make_settings("sqlite://", tmp_path)
    assert tokens.is_csrf_of(settings, "a", tokens.csrf_of(settings, "a"))
    assert not tokens.is_csrf_of(settings, "b", tokens.csrf_of(settings, "a"))
    assert not tokens.is_csrf_of(settings, "a", "")
