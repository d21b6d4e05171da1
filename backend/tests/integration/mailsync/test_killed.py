"""A server that is killed in the middle of an import, and started again."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.core.settings import Settings
from tests.factories.imports import import_mails
from tests.factories.killing import import_with_kills
from tests.factories.mailboxes import generated_mails, write_mbox
from tests.factories.states import outcomes_of, rows_of, state_of
from tests.integration.conftest import Person


@pytest.mark.timeout(240)
def test_nothing_is_lost_and_nothing_doubled(
    ana: Person, bob: Person, app_settings: Settings, tmp_path: Path
) -> None:
    """Ana's import is killed twice, Bob's same mail came in one go."""
    mails = generated_mails(400, seed=5)
    import_mails(bob.http, mails)
    path = write_mbox(tmp_path / "mail.mbox", mails)
    run, hits = import_with_kills(app_settings, path, [("processed", 30), ("judged", 210)])
    assert (run["state"], run["error"]) == ("done", None)
    assert hits == 2, "both kills must hit the import at work"
    assert outcomes_of(run["job_id"]) == {"stored": 400}
    found = state_of(ana.id)
    assert set(found.copies.values()) == {1}
    assert found == state_of(bob.id)
    ours, theirs = rows_of(ana.id), rows_of(bob.id)
    assert ours.pop("sessions") >= theirs.pop("sessions")
    assert ours == theirs
    assert not list((app_settings.data_dir / "uploads").iterdir())
