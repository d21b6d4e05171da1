"""Settings for tests."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from app.core.settings import Settings


def make_settings(url: str, data_dir: Path, **more: Any) -> Settings:
    """Settings that read no file, run work inline and start none by themselves; `more` overrides single fields."""
    values: dict[str, Any] = {
        "data_dir": data_dir,
        "database_url": url,
        "runner": "inline",
        "sync_runner": "inline",
        "secret_key": "a-secret-of-the-tests-that-is-long-enough",
        "encryption_key": "VGhpc0lzQUtleU9mVGhlVGVzdHNXaXRoMzJCeXRlcyE=",
        "ingestion_workers": 1,
        "sync_interval_minutes": 0,
        "deletion_check_interval_minutes": 0,
        "token_refresh_interval_minutes": 0,
    }
    return Settings(_env_file=None, **(values | more))
