"""A worker that can't do its work says so in one sentence and ends."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.factories.server import environment_of
from tests.factories.settings import make_settings
from tests.house import BACKEND


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({}, "error: workers need a REDIS_URL, where they are told what to look at."),
        (
            {"redis_url": "redis://127.0.0.1:1/0"},
            "error: the database is not of this version: run `python -m app migrate`.",
        ),
    ],
)
def test_it_ends_with_a_sentence(settings: dict[str, Any], sentence: str, tmp_path: Path) -> None:
    chosen = make_settings(f"sqlite:///{tmp_path / 'empty.db'}", tmp_path, **settings)
    ended = subprocess.run(
        [sys.executable, "-m", "celery", "-A", "app.celery_app", "worker"],
        cwd=BACKEND,
        env=environment_of(chosen),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 1
    assert ended.stderr.splitlines()[-1] == sentence
    assert "Traceback" not in ended.stderr
