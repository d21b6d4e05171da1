"""What left the house, what it cost, and whether the model works, over the API."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.auth.models import User
from app.classification.values import EmailClass
from app.core import db as database
from app.core.settings import Settings
from app.main import create_app
from tests.factories.accounts import bearer, client_from, make_user, token_of
from tests.factories.rows import make_row
from tests.fakes.llm import FakeLlm, Fault, Told, refuse, refuse_forms, say
from tests.integration.llm.asking import TEXTS, ask, mail, mails
from tests.integration.llm.conftest import Configure


@pytest.fixture
def clients() -> Iterator[list[TestClient]]:
    opened: list[TestClient] = []
    yield opened
    for client in opened:
        client.close()


def client_of(settings: Settings, name: str, clients: list[TestClient]) -> TestClient:
    client = client_from(create_app(settings))
    client.headers.update(bearer(token_of(client, name)))
    clients.append(client)
    return client


def test_calls_are_a_feed_of_the_users_own(
    configure: Configure, user: User, clients: list[TestClient]
) -> None:
    settings = configure(classification_batch_size=1, classification_max_concurrency=1)
    ask(settings, user, mails(*TEXTS))
    ask(settings, make_user("bob"), mails(EmailClass.OFFER))
    http = client_of(settings, "ana", clients)
    first = http.get("/api/llm/calls", params={"limit": 5}).json()
    rest = http.get("/api/llm/calls", params={"limit": 5, "cursor": first["next_cursor"]}).json()
    ids = [item["id"] for item in first["items"] + rest["items"]]
    assert ids == sorted(ids, reverse=True)
    assert len(set(ids)) == 7
    assert rest["next_cursor"] is None
    shown = first["items"][0]
    assert "Reference 6" in shown["preview"]
    assert (shown["outcome"], shown["items"], shown["run_id"]) == ("answered", 1, None)
    assert shown["cost_usd"] > 0


@pytest.mark.parametrize("cursor", ["nonsense", "WyJhIl0", "W3RydWVd", "WzFlOTld"])
def test_a_foreign_cursor_is_refused(
    configure: Configure, user: User, clients: list[TestClient], cursor: str
) -> None:
    http = client_of(configure(), "ana", clients)
    answer = http.get("/api/llm/calls", params={"cursor": cursor})
    assert (answer.status_code, answer.json()["code"]) == (400, "cursor.invalid")


def test_usage_per_run_and_per_day(configure: Configure, user: User, clients: list[TestClient]) -> None:
    settings = configure()
    with database.transaction() as session:
        run_id = make_row(session, "runs", user.id, "a")["id"]
    ask(settings, user, mails(EmailClass.OFFER, EmailClass.REJECTION), run_id=run_id)
    ask(settings, user, [mail(TEXTS[EmailClass.STATUS_UPDATE], 9)])
    http = client_of(settings, "ana", clients)
    usage = http.get("/api/llm/usage").json()
    assert (usage["total"]["calls"], usage["total"]["items"]) == (2, 3)
    [day] = usage["by_day"]
    assert day["totals"] == usage["total"]
    [run] = usage["by_run"]
    assert (run["run_id"], run["totals"]["items"]) == (run_id, 2)
    assert 0 < run["totals"]["cost_usd"] < usage["total"]["cost_usd"]
    only = http.get("/api/llm/calls", params={"run_id": run_id}).json()["items"]
    assert [call["items"] for call in only] == [2]


def test_calls_without_a_price_are_told_apart(
    configure: Configure, user: User, clients: list[TestClient]
) -> None:
    settings = configure(llm_price_input=None, llm_price_output=None)
    ask(settings, user, mails(EmailClass.OFFER))
    total = client_of(settings, "ana", clients).get("/api/llm/usage").json()["total"]
    assert (total["cost_usd"], total["unpriced"]) == (0.0, 1)
    assert total["input_tokens"] > 0


def test_the_settings_say_what_is_configured(
    configure: Configure, user: User, clients: list[TestClient], fake: FakeLlm
) -> None:
    settings = configure(llm_budget_usd_per_day=0.001)
    http = client_of(settings, "ana", clients)
    before = http.get("/api/settings/llm").json()
    assert (before["mode"], before["provider"], before["model"]) == ("llm", "openai", settings.openai_model)
    assert before["host"] in fake.openai_url
    assert (before["spent_usd"], before["budget_used_up"], before["problem"]) == (0.0, False, None)
    assert "a-key" not in str(before)


def test_the_settings_say_what_stands_in_the_way(
    configure: Configure, user: User, clients: list[TestClient], fake: FakeLlm
) -> None:
    fake.always = refuse(401)
    settings = configure()
    ask(settings, user, mails(EmailClass.OFFER))
    shown = client_of(settings, "ana", clients).get("/api/settings/llm").json()
    assert shown["problem"]["code"] == "llm.key_refused"


def test_without_a_model_the_settings_say_so(
    app_settings: Settings, db: None, clients: list[TestClient]
) -> None:
    make_user("ana")
    shown = client_of(app_settings, "ana", clients).get("/api/settings/llm").json()
    assert (shown["mode"], shown["provider"], shown["model"]) == ("local", None, None)


def test_a_connection_that_works(
    configure: Configure, user: User, clients: list[TestClient], fake: FakeLlm, provider: str
) -> None:
    fake.always = refuse_forms("json_schema")
    settings = configure(provider)
    told = client_of(settings, "ana", clients).post("/api/settings/llm/test")
    assert told.status_code == 200, told.text
    assert told.json()["ok"] is True
    assert told.json()["form"] == "json_object"
    assert "mail" not in fake.asked[0].user


@pytest.mark.parametrize(
    ("fault", "status", "code"),
    [
        (refuse(401, "invalid_api_key", "wrong: a-key"), 502, "llm.key_refused"),
        (refuse(404), 502, "llm.model_unknown"),
        (refuse(429, retry_after="1"), 503, "llm.rate_limited"),
        (refuse(500), 502, "llm.server_trouble"),
        (lambda _asked: Told(hang_up=True), 502, "llm.unreachable"),
        (say("hello"), 502, "llm.bad_answer"),
    ],
)
def test_what_is_wrong_is_said_plainly(
    configure: Configure,
    user: User,
    clients: list[TestClient],
    fake: FakeLlm,
    fault: Fault,
    status: int,
    code: str,
) -> None:
    fake.always = fault
    told = client_of(configure(), "ana", clients).post("/api/settings/llm/test")
    assert (told.status_code, told.json()["code"]) == (status, code)
    assert "a-key" not in told.text


@pytest.mark.parametrize(
    ("more", "code"),
    [({"offline": True}, "llm.offline"), ({"llm_budget_usd_per_day": 0}, "llm.budget_used_up")],
)
def test_what_the_settings_forbid_is_not_tested(
    configure: Configure,
    user: User,
    clients: list[TestClient],
    fake: FakeLlm,
    more: dict[str, Any],
    code: str,
) -> None:
    told = client_of(configure(**more), "ana", clients).post("/api/settings/llm/test")
    assert (told.status_code, told.json()["code"]) == (409, code)
    assert fake.asked == []


def test_testing_without_a_model(app_settings: Settings, db: None, clients: list[TestClient]) -> None:
    make_user("ana")
    told = client_of(app_settings, "ana", clients).post("/api/settings/llm/test")
    assert (told.status_code, told.json()["code"]) == (409, "llm.not_configured")


def test_testing_all_day_is_stopped(
    configure: Configure, user: User, clients: list[TestClient], fake: FakeLlm
) -> None:
    http = client_of(configure(), "ana", clients)
    told = [http.post("/api/settings/llm/test").status_code for _ in range(7)]
    assert told == [200] * 6 + [429]
    assert len(fake.asked) == 6


def test_old_calls_and_answers_are_forgotten(configure: Configure, user: User) -> None:
    from datetime import timedelta

    from sqlalchemy import update

    from app.core.clock import now
    from app.llm.models import CachedAnswer, LlmCall
    from app.llm.service import KEPT, forget_old

    settings = configure()
    ask(settings, user, mails(EmailClass.OFFER))
    with database.transaction() as session:
        session.execute(update(LlmCall).values(started_at=now() - KEPT - timedelta(days=1)))
        session.execute(update(CachedAnswer).values(created_at=now() - KEPT - timedelta(days=1)))
    ask(settings, user, [mail(TEXTS[EmailClass.OFFER], 5)])
    assert forget_old() == 2
    assert forget_old() == 0
