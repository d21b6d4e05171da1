"""Alive and ready, for whoever watches."""

from __future__ import annotations

from pathlib import Path

from app.core import db as database
from app.core.settings import Settings
from app.core.version import VERSION
from app.main import create_app
from tests.factories.accounts import client_from
from tests.factories.settings import make_settings


def test_ready_when_database_and_redis_answer(app_settings: Settings, db: None, redis_url: str) -> None:
    with_redis = app_settings.model_copy(update={"redis_url": redis_url})
    alone, both = client_from(create_app(app_settings)), "/api/v1/health/ready"
    assert alone.get(both).json() == {"status": "ok", "version": VERSION, "database": True, "redis": None}
    assert client_from(create_app(with_redis)).get(both).json()["redis"] is True


def test_not_ready_without_redis(app_settings: Settings, db: None) -> None:
    settings = app_settings.model_copy(update={"redis_url": "redis://127.0.0.1:1/0"})
    answer = client_from(create_app(settings)).get("/api/v1/health/ready")
    assert (answer.status_code, answer.json()["code"]) == (503, "health.not_ready")
    assert answer.json()["params"] == {"database": True, "redis": False}


def test_not_ready_before_the_migration(tmp_path: Path) -> None:
    settings = make_settings(f"sqlite:///{tmp_path / 'empty.db'}", tmp_path)
    client = client_from(create_app(settings))
    database.configure(settings)
    try:
        assert client.get("/api/v1/health/live").json() == {"status": "ok", "version": VERSION}
        answer = client.get("/api/v1/health/ready")
    finally:
        database.dispose()
    assert (answer.status_code, answer.json()["params"]["database"]) == (503, False)
