"""Long imports, before a release: 200 MB of mail, and many kills."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest

from app.core.settings import Settings
from tests.factories.imports import import_mails
from tests.factories.killing import import_with_kills
from tests.factories.large_imports import measure_import
from tests.factories.mailboxes import generated_mails, write_mbox
from tests.factories.states import outcomes_of, state_of
from tests.factories.watching import MB
from tests.integration.conftest import Person

pytestmark = [pytest.mark.soak, pytest.mark.timeout(3600)]


def test_two_hundred_megabytes(ana: Person, app_settings: Settings, tmp_path: Path) -> None:
    measured = measure_import(app_settings, tmp_path, 200, seconds=1500)
    sys.stdout.write(f"{measured}\n")
    assert (measured.run["state"], measured.run["created"]) == ("done", measured.mails)
    assert outcomes_of(measured.run["job_id"]) == {"stored": measured.mails}
    assert outcomes_of(measured.again["job_id"]) == {"known": measured.mails}
    assert measured.watched.errors == []
    assert measured.over_idle <= 150 * MB, str(measured)
    assert measured.watched.quantile(0.99) <= 0.1, str(measured)


@pytest.mark.parametrize("seed", range(5))
def test_ten_kills_at_random_moments(
    ana: Person, bob: Person, app_settings: Settings, tmp_path: Path, seed: int
) -> None:
    dice = random.Random(seed)
    mails = generated_mails(1200, seed=seed)
    import_mails(bob.http, mails)
    path = write_mbox(tmp_path / "mail.mbox", mails)
    moments = sorted(dice.sample(range(20, 1150), 10))
    run, hits = import_with_kills(
        app_settings, path, [(dice.choice(("processed", "judged")), count) for count in moments]
    )
    assert run["state"] == "done", run
    assert hits >= 5
    assert outcomes_of(run["job_id"]) == {"stored": 1200}
    assert run["result"]["judged"] == 1200, "a crash leaves no count without its verdict"
    found = state_of(ana.id)
    assert set(found.copies.values()) == {1}
    assert found == state_of(bob.id)
