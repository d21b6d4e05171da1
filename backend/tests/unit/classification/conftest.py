"""One trained model for all tests of this folder."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from app.classification import service
from app.classification.values import EmailValue, ThreadContext, Verdict

Classify = Callable[..., Verdict]


@pytest.fixture(scope="session")
def model_folder() -> Path:
    """A folder that holds the trained model; classification is warm afterwards.

    It outlives the session, because the file's name carries the hash of everything the model was made from:
    the second run and the other workers of this one find it ready.
    """
    folder = Path(tempfile.gettempdir()) / "jobtrail-tests-model"
    service.warm_up(folder)
    return folder


@pytest.fixture(scope="session")
def classify(model_folder: Path) -> Classify:
    """Classify a mail that is given by the fields of `EmailValue`."""
    assert model_folder.is_dir()

    def run(
        text: str = "", subject: str = "", *, context: ThreadContext | None = None, **fields: object
    ) -> Verdict:
        values = {"sender_name": "", "sender_email": "", **fields}
        return service.classify_one(EmailValue(subject=subject, text=text, **values), context)  # type: ignore[arg-type]

    return run
