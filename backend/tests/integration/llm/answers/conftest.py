"""What a model answers doesn't depend on the database: these tests run on SQLite alone."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from app.core.settings import Settings
from tests import servers
from tests.conftest import migrate
from tests.factories.settings import make_settings


@pytest.fixture
def app_settings(servers_folder: Path, tmp_path: Path) -> Settings:
    path = tmp_path / "jobtrail.db"
    shutil.copyfile(servers.sqlite_template(servers_folder, migrate), path)
    return make_settings(f"sqlite:///{path}", tmp_path / "data")
