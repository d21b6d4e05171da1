"""Reading mail is started thirty times a minute at most, by each person."""

from __future__ import annotations

from app.core.settings import Settings, use_settings
from tests.factories.settings import make_settings
from tests.integration.conftest import Person


def test_starts_are_bounded(ana: Person, bob: Person, app_settings: Settings) -> None:
    paths = ("/api/sync-emails", "/api/gmail/sync", "/api/gmail/sync/deleted", "/api/gmail/backfill/start")
    for number in range(30):
        assert ana.http.post(paths[number % 4]).status_code == 400  # no account to read
    for path in paths:
        refused = ana.http.post(path)
        assert (refused.status_code, refused.json()["code"]) == (429, "sync.too_many_starts")
        assert 1 <= int(refused.headers["Retry-After"]) <= 60
    assert bob.http.post("/api/sync-emails").status_code == 400
    unlimited = make_settings(app_settings.database_url, app_settings.data_dir, rate_limit_per_minute=0)
    use_settings(unlimited)
    assert ana.http.post("/api/sync-emails").status_code == 400
