"""Twenty megabytes of mail: memory stays flat, people's edits don't wait, a second import adds nothing."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from app.core.settings import Settings
from tests.factories.large_imports import measure_import
from tests.factories.states import outcomes_of
from tests.factories.watching import MB
from tests.integration.conftest import Person


@pytest.mark.timeout(300)
def test_twenty_megabytes(ana: Person, app_settings: Settings, tmp_path: Path) -> None:
    measured = measure_import(app_settings, tmp_path, 20, seconds=150)
    figures = str(measured)
    sys.stdout.write(f"{figures}\n")
    assert (measured.run["state"], measured.run["created"]) == ("done", measured.mails)
    assert outcomes_of(measured.run["job_id"]) == {"stored": measured.mails}
    assert outcomes_of(measured.again["job_id"]) == {"known": measured.mails}
    assert measured.watched.errors == []
    assert measured.over_idle <= 150 * MB, figures
    # Other tests run beside this one, so that single edits wait for the machine: the middle one tells whether
    # edits wait for the import. The long tests look at p99.
    assert measured.watched.quantile(0.5) <= 0.1 + measured.before.quantile(0.5), figures
