"""The tests' own servers are real ones, and one test never sees what another wrote."""

from __future__ import annotations

import pytest
import redis
from sqlalchemy import text

from app.core import db as database
from app.core.settings import Settings


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("time_of_asking", ["first", "second"])
def test_each_test_has_a_database_of_its_own(app_settings: Settings, time_of_asking: str) -> None:
    with database.transaction() as session:
        session.execute(text("CREATE TABLE left_behind (value TEXT)"))
        session.execute(text("INSERT INTO left_behind VALUES (:value)"), {"value": time_of_asking})
    with database.read_session() as session:
        assert session.scalar(text("SELECT count(*) FROM left_behind")) == 1
    assert database.engine().dialect.name == ("sqlite" if app_settings.is_sqlite else "postgresql")


@pytest.mark.parametrize("time_of_asking", ["first", "second"])
def test_each_test_has_an_empty_valkey(redis_url: str, time_of_asking: str) -> None:
    with redis.Redis.from_url(redis_url, decode_responses=True) as client:
        assert client.dbsize() == 0
        client.set("key", time_of_asking)
        assert client.get("key") == time_of_asking
