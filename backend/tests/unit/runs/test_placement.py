"""Which work is done where."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from app.core.settings import Settings, SettingsError
from app.runs.models import RunKind
from app.runs.placement import place_of, uses_celery
from tests.factories.settings import make_settings

REDIS = "redis://localhost:6379/0"
MAIL = ("sync", "backfill", "deletion_check", "verify")


def settings(**more: Any) -> Settings:
    return make_settings(
        "sqlite:///x.db", Path("data"), **({"runner": "", "sync_runner": "inprocess"} | more)
    )


def places(chosen: Settings) -> dict[str, str]:
    return {kind: place_of(chosen, kind) for kind in RunKind}


def test_without_a_redis_one_process_does_everything() -> None:
    assert set(places(settings()).values()) == {"inprocess"}
    assert not uses_celery(settings())


def test_with_a_redis_heavy_work_goes_to_workers_and_mail_stays() -> None:
    found = places(settings(redis_url=REDIS))
    assert found["demo"] == place_of(settings(redis_url=REDIS), "reprocess") == "celery"
    assert {found[kind] for kind in (*MAIL, "import")} == {"inprocess"}


def test_mail_goes_where_it_is_sent() -> None:
    found = places(settings(redis_url=REDIS, runner="inprocess", sync_runner="celery"))
    assert {found[kind] for kind in MAIL} == {"celery"}
    assert found["demo"] == "inprocess"


@pytest.mark.parametrize("runner", ["celery", "inprocess"])
def test_an_import_stays_with_the_server_that_has_its_file(runner: str) -> None:
    chosen = settings(redis_url=REDIS, runner=runner, sync_runner="celery")
    assert place_of(chosen, "import") == "inprocess"


def test_inline_is_inline() -> None:
    chosen = settings(redis_url=REDIS, runner="inline", sync_runner="inline")
    assert set(places(chosen).values()) == {"inline"}


@pytest.mark.parametrize("name", ["runner", "sync_runner"])
def test_celery_without_a_broker_is_refused(name: str) -> None:
    with pytest.raises(SettingsError, match="REDIS_URL"):
        settings(**{name: "celery"})
    assert settings(**{name: "celery", "celery_broker_url": REDIS}).broker_url == REDIS
