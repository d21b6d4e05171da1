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
    rest = {"status": "ok", "version": VERSION, "database": True}
    assert alone.get(both).json() == {**rest, "redis": None, "broker": None}
    assert client_from(create_app(with_redis)).get(both).json()["redis"] is True


def test_a_redis_that_is_gone_takes_nobody_out_of_service(app_settings: Settings, db: None) -> None:
    settings = app_settings.model_copy(update={"redis_url": "redis://127.0.0.1:1/0"})
    answer = client_from(create_app(settings)).get("/api/v1/health/ready")
    told = {"status": "degraded", "version": VERSION, "database": True, "redis": False, "broker": None}
    assert (answer.status_code, answer.json()) == (200, told)


def test_the_broker_counts_where_work_is_given_to_workers(
    app_settings: Settings, db: None, redis_url: str
) -> None:
    def ready(**fields: str) -> tuple[int, object]:
        settings = app_settings.model_copy(update={"runner": "celery", **fields})
        answer = client_from(create_app(settings)).get("/api/v1/health/ready")
        found = answer.json()
        return answer.status_code, found.get("broker", found.get("params", {}).get("broker"))

    nobody = "redis://127.0.0.1:1/0"

    assert ready(redis_url=redis_url) == (200, True)
    assert ready(celery_broker_url=redis_url) == (200, True), "a broker without a Redis for the rest"
    assert ready(redis_url=redis_url, celery_broker_url=nobody) == (200, False), (
        "mail is read in this process"
    )
    assert ready(redis_url=redis_url, celery_broker_url=nobody, sync_runner="celery") == (503, False)


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
