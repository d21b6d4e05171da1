"""The books, the budget and the answer cache, on each database."""

from __future__ import annotations

import threading

import pytest

from app.auth.models import User
from app.classification.values import EmailClass
from app.core import db as database
from app.llm import repository
from app.llm.models import LlmDay
from tests.factories.accounts import make_user
from tests.fakes.llm import FakeLlm, refuse
from tests.integration.llm.asking import TEXTS, ask, calls_of, mail, mails
from tests.integration.llm.conftest import Configure

SEVEN = list(TEXTS)


def today() -> LlmDay:
    from app.core.clock import now

    with database.read_session() as session:
        day = repository.day_of(session, now().date())
    assert day is not None
    return day


def test_every_request_is_in_the_books(
    fake: FakeLlm, configure: Configure, user: User, provider: str
) -> None:
    settings = configure(provider)
    ask(settings, user, mails(*SEVEN))
    [call] = calls_of(user)
    assert (call.purpose, call.provider, call.items, call.outcome, call.tries) == (
        "classify",
        provider,
        7,
        "answered",
        1,
    )
    assert call.input_tokens
    assert call.output_tokens
    assert call.cost_usd == pytest.approx((call.input_tokens + 2 * call.output_tokens) / 1e6)
    assert "News 3" in call.preview
    assert "jobs@" not in call.preview
    assert call.duration_ms is not None


def test_the_budget_is_a_hard_stop(fake: FakeLlm, configure: Configure, user: User) -> None:
    settings = configure(llm_budget_usd_per_day=0.02, classification_batch_size=1)
    _, report = ask(settings, user, [mail(TEXTS[EmailClass.OFFER], n) for n in range(40)])
    assert report.problem is not None
    assert report.problem.code == "llm.budget_used_up"
    assert 0 < report.by_model < 40
    assert report.by_model + report.left_to_local == 40
    spent = sum(call.cost_usd or 0 for call in calls_of(user))
    assert spent <= 0.02
    assert today().spent_usd == pytest.approx(spent)
    assert today().reserved_usd == pytest.approx(0.0)
    assert len(calls_of(user)) == len(fake.asked)


def test_failed_requests_cost_nothing(fake: FakeLlm, configure: Configure, user: User) -> None:
    fake.always = refuse(401)
    ask(configure(llm_budget_usd_per_day=1), user, mails(EmailClass.OFFER))
    assert (today().spent_usd, today().reserved_usd) == (0.0, 0.0)


def test_a_second_time_nothing_is_asked_and_another_user_shares_nothing(
    fake: FakeLlm, configure: Configure, user: User
) -> None:
    settings = configure()
    first, _ = ask(settings, user, mails(*SEVEN))
    second, report = ask(settings, user, mails(*SEVEN))
    assert second == first
    assert (report.from_cache, len(fake.asked)) == (7, 1)
    ask(settings, make_user("bob"), mails(*SEVEN))
    assert len(fake.asked) == 2


def test_answers_survive_in_redis_without_the_table(
    fake: FakeLlm, configure: Configure, user: User, redis_url: str
) -> None:
    from sqlalchemy import delete

    from app.core import db
    from app.llm.models import CachedAnswer

    settings = configure(redis_url=redis_url)
    first, _ = ask(settings, user, mails(*SEVEN))
    with db.transaction() as session:
        session.execute(delete(CachedAnswer))
    second, _ = ask(settings, user, mails(*SEVEN))
    assert second == first
    assert len(fake.asked) == 1


def test_no_more_requests_at_once_than_allowed_in_the_whole_process(
    fake: FakeLlm, configure: Configure, user: User
) -> None:
    fake.latency_s = 0.1
    settings = configure(classification_max_concurrency=3, classification_batch_size=1)
    batches = [[mail(TEXTS[EmailClass.OFFER], n + 10 * part) for n in range(6)] for part in range(2)]
    threads = [threading.Thread(target=ask, args=(settings, user, batch)) for batch in batches]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(fake.asked) == 12
    assert 2 <= fake.most_at_once <= 3
