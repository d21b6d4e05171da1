"""Databases that many tests begin with: filled once per session through the real pipeline, then copied."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from fastapi.testclient import TestClient

from app.core import db
from app.core.settings import use_settings
from app.main import create_app
from tests.factories.accounts import make_user, signed_in
from tests.factories.imports import import_mails, run_of
from tests.factories.mailboxes import generated_mails
from tests.factories.models import give_model, trained_model
from tests.factories.settings import make_settings


def _load_demo(client: TestClient) -> None:
    answer = client.post("/api/demo")
    assert answer.status_code == 202, answer.text
    assert run_of(client, answer.json()["job_id"])["state"] == "done"


def _import_generated(client: TestClient) -> None:
    import_mails(client, generated_mails(110, seed=9))


PREPARED: dict[str, Callable[[TestClient], None]] = {"demo": _load_demo, "generated": _import_generated}


def fill(name: str, url: str, folder: Path) -> None:
    """Give the migrated, empty database at `url` a user "ana" whose mail is what `name` says."""
    with tempfile.TemporaryDirectory() as data:
        settings = make_settings(url, Path(data))
        use_settings(settings)
        db.configure(settings, strict=True)
        give_model(trained_model(folder), settings.data_dir)
        app = create_app(settings)
        make_user("ana")
        try:
            with TestClient(app, base_url="http://localhost:8000"), signed_in(app, "ana") as client:
                PREPARED[name](client)
        finally:
            db.dispose()
