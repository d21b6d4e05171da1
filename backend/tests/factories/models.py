"""The local model, trained once per test session instead of once per data folder."""

from __future__ import annotations

import fcntl
import shutil
from pathlib import Path

from app.classification import service


def trained_model(folder: Path) -> Path:
    """The folder of a trained model below `folder`; whoever asks first trains it (about 10 s)."""
    models = folder / "models"
    with (folder / "models.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not models.exists():
            part = folder / "models.part"
            service.warm_up(part)
            part.rename(models)
    return models


def give_model(models: Path, data_dir: Path) -> None:
    """Have a Jobtrail with this data folder start with the trained model."""
    shutil.copytree(models, data_dir / "models", dirs_exist_ok=True)
