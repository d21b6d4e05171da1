"""Imported mail, judged by a model: what is stored, what the run tells, and what happens without one."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.auth.models import User
from app.core.settings import Settings, use_settings
from app.main import create_app
from tests.factories.accounts import bearer, client_from, token_of
from tests.factories.imports import import_mails, items
from tests.factories.mails import make_mail
from tests.factories.models import give_model
from tests.fakes.llm import FakeLlm, refuse
from tests.house import BACKEND
from tests.integration.llm.conftest import Configure

TEXTS = {
    "REJECTION": "Thank you for applying to Larkspur. Unfortunately, we have decided to go with other candidates.",
    "OFFER": "We are pleased to offer you the position of Gardener at Larkspur. The contract is attached.",
    "INTERVIEW_REQUEST": "We would like to invite you to an interview for the position of Gardener on Monday.",
    "NOT_JOB_RELATED": "Your order has been shipped. Track your parcel, and rate your purchase afterwards.",
}
MAILS = [
    make_mail(
        f"Dear Alex,\n\n{text}",
        subject="Your order" if name == "NOT_JOB_RELATED" else "Your application",
        sender="Parcel Shop <orders@shop.example>"
        if name == "NOT_JOB_RELATED"
        else "Larkspur <jobs@larkspur.example>",
        message_id=f"<{number}@larkspur.example>",
    )
    for number, (name, text) in enumerate(TEXTS.items())
]
Start = Callable[[Settings], TestClient]


@pytest.fixture
def start(models: Path, user: User) -> Iterator[Start]:
    """A started application with these settings, ana signed in to it."""
    opened: list[Any] = []

    def begin(settings: Settings) -> TestClient:
        use_settings(settings)
        give_model(models, settings.data_dir)
        manager = client_from(create_app(settings))
        http = manager.__enter__()
        opened.append(manager)
        http.headers.update(bearer(token_of(http, "ana")))
        return http

    yield begin
    for manager in opened:
        manager.__exit__(None, None, None)


def by_class(http: TestClient) -> dict[str, str]:
    """Who decided each class."""
    return {mail["email_class"]: mail["classified_by"] for mail in items(http, "/api/emails")}


def test_verdicts_come_from_the_model_and_surely_other_mail_stays_here(
    fake: FakeLlm, configure: Configure, start: Start
) -> None:
    settings = configure()
    http = start(settings)
    run = import_mails(http, MAILS)
    decided = by_class(http)
    assert set(decided) == set(TEXTS)
    assert {decided[c] for c in ("REJECTION", "OFFER", "INTERVIEW_REQUEST")} == {
        f"llm:{settings.openai_model}"
    }
    assert not decided["NOT_JOB_RELATED"].startswith("llm")
    assert all("parcel" not in asked.user for asked in fake.asked)
    told = run["result"]["llm"]
    assert (told["asked"], told["by_model"], told["left_to_local"], told["problem"]) == (3, 3, 0, None)
    calls = http.get("/api/llm/calls", params={"run_id": run["job_id"]}).json()["items"]
    assert sum(call["items"] for call in calls) == 3


def test_when_the_key_is_bad_the_run_ends_well_and_says_so_once(
    fake: FakeLlm, configure: Configure, start: Start
) -> None:
    fake.always = refuse(401)
    http = start(configure())
    run = import_mails(http, MAILS)
    assert run["state"] == "done"
    assert all(not by.startswith("llm") for by in by_class(http).values())
    assert run["result"]["llm"]["problem"]["code"] == "llm.key_refused"
    assert run["result"]["llm"]["left_to_local"] == 3
    assert len(fake.asked) == 1


def test_a_persons_word_costs_no_question_and_taking_it_back_neither(
    fake: FakeLlm, configure: Configure, start: Start
) -> None:
    settings = configure()
    http = start(settings)
    import_mails(http, MAILS)
    asked = len(fake.asked)
    [offer] = [m for m in items(http, "/api/emails") if m["email_class"] == "OFFER"]
    told = http.patch(f"/api/emails/{offer['id']}", json={"email_class": "STATUS_UPDATE"})
    assert told.status_code == 200, told.text
    assert by_class(http)["STATUS_UPDATE"] == "user"
    for decision in told.json()["decision_ids"]:
        undone = http.post(f"/api/decisions/{decision}/revoke")
        assert undone.status_code == 200, undone.text
    assert by_class(http)["OFFER"] == f"llm:{settings.openai_model}"
    assert len(fake.asked) == asked


def test_without_a_key_nothing_is_told_and_nothing_loaded(
    app_settings: Settings, fake: FakeLlm, start: Start
) -> None:
    http = start(app_settings)
    run = import_mails(http, MAILS)
    assert "llm" not in run["result"]
    assert fake.asked == []
    code = (
        "import sys; from app.intake import judging; from app.classification import service;"
        "from app.core.settings import Settings; service.asks_model(Settings(_env_file=None));"
        "print([n for n in ('openai', 'anthropic', 'httpx2', 'app.classification.asking') if n in sys.modules])"
    )
    told = subprocess.run(
        [sys.executable, "-c", code], cwd=BACKEND, check=True, capture_output=True, text=True
    )
    assert told.stdout.strip() == "[]"
