"""Applications written in portions keep their ids, and mail that waits for its links gets them."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import delete, update

from app.core import db
from app.correlation.models import LinkKey
from app.intake import service
from app.intake.models import VerdictRow
from tests.factories.imports import import_mails, items
from tests.factories.mailboxes import candidacy
from tests.factories.states import state_of
from tests.integration.conftest import Person

EARLY = candidacy("Foxglove Labs", "Rose Gardener", "received", "interview", day=1)
LATE = candidacy("Larkspur Systems", "Data Engineer", "received", "interview", day=3)


def seen(person: Person) -> dict[int, dict[str, Any]]:
    return {a["id"]: a for a in items(person.http, "/api/applications")}


def test_mail_that_waits_is_linked_when_nothing_else_runs(ana: Person, bob: Person) -> None:
    """As after an upgrade that makes other keys, or when a process died."""
    import_mails(ana.http, [*EARLY, *LATE])
    before, ids = state_of(ana.user.id), list(seen(ana))
    assert service.link_waiting_mail() == 0
    with db.transaction() as session:
        session.execute(delete(LinkKey).where(LinkKey.user_id == ana.user.id))
        session.execute(update(VerdictRow).where(VerdictRow.user_id == ana.user.id).values(link_pending=True))
    assert service.link_waiting_mail() == 1
    run = ana.http.get("/api/runs").json()["items"][0]
    assert (run["kind"], run["state"]) == ("link", "done")
    assert service.link_waiting_mail() == 0
    assert (state_of(ana.user.id), list(seen(ana))) == (before, ids)
    import_mails(ana.http, candidacy("Larkspur Systems", "Data Engineer", "rejection", day=20))
    assert list(seen(ana)) == ids


@pytest.mark.one_database
def test_an_application_keeps_its_id_when_its_first_mail_is_moved(ana: Person) -> None:
    import_mails(ana.http, [*EARLY, *LATE])
    by_company = {a["company_name"]: i for i, a in seen(ana).items()}
    left, other = by_company["Foxglove Labs"], by_company["Larkspur Systems"]
    first = min(
        items(ana.http, "/api/emails", application_id=left), key=lambda mail: str(mail["received_at"])
    )
    said = ana.http.post(f"/api/emails/{first['id']}/link", json={"application_id": other})
    assert said.status_code == 200, said.text
    found = seen(ana)
    assert {i: a["emails"] for i, a in found.items()} == {left: 1, other: 3}
    assert found[left]["company_name"] == "Foxglove Labs"
    for decision in reversed(said.json()["decision_ids"]):
        ana.http.post(f"/api/decisions/{decision}/revoke")
    assert {i: a["emails"] for i, a in seen(ana).items()} == {left: 2, other: 2}
