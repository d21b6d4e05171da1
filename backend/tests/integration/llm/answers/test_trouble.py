"""A model that is slow, busy, down, locked, too dear: the local verdict stands, and it is said once why."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from app.auth.models import User
from app.classification import service
from app.classification.values import EmailClass, ThreadContext
from app.core import db as database
from app.core.clock import monotonic
from app.core.settings import Settings, SettingsError
from app.runs.errors import RunCanceled
from tests.factories.settings import make_settings
from tests.fakes.llm import FakeLlm, Fault, Told, refuse
from tests.integration.llm.asking import TEXTS, ask, calls_of, classes_of, mail, mails, unsure
from tests.integration.llm.conftest import Configure

TWO = [EmailClass.REJECTION, EmailClass.OFFER]


@pytest.mark.parametrize(
    "fault",
    [
        refuse(429, "rate_limit_exceeded", retry_after_ms="30"),
        refuse(503, retry_after_ms="30"),
        refuse(529, "overloaded_error", retry_after_ms="30"),
    ],
)
def test_what_passes_is_waited_for(
    fake: FakeLlm, configure: Configure, user: User, provider: str, fault: Fault
) -> None:
    fake.faults = [fault, fault]
    verdicts, report = ask(configure(provider), user, mails(*TWO))
    assert classes_of(verdicts) == TWO
    assert report.problem is None
    [call] = calls_of(user)
    assert (call.outcome, call.tries) == ("answered", 3)


def test_the_time_that_the_provider_names_is_waited(fake: FakeLlm, configure: Configure, user: User) -> None:
    fake.faults = [refuse(429, retry_after="1")]
    began = monotonic()
    ask(configure(), user, mails(*TWO))
    assert monotonic() - began >= 1.0
    assert len(fake.asked) == 2


def test_while_one_is_told_to_wait_all_are_quiet(fake: FakeLlm, configure: Configure, user: User) -> None:
    fake.faults = [refuse(429, retry_after="1")]
    settings = configure(classification_batch_size=1, classification_max_concurrency=2)
    ask(settings, user, [mail(TEXTS[EmailClass.OFFER], n) for n in range(6)])
    assert len(fake.asked) == 7


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (refuse(401, "invalid_api_key", "Incorrect API key provided: sk-hidden"), "llm.key_refused"),
        (refuse(403, "permission_error"), "llm.key_refused"),
        (refuse(404, "model_not_found"), "llm.model_unknown"),
        (refuse(429, "insufficient_quota", "You exceeded your current quota"), "llm.credit_used_up"),
        (refuse(429, retry_after="3600"), "llm.rate_limited"),
        (refuse(500, retry_after_ms="1"), "llm.server_trouble"),
        (lambda _asked: Told(hang_up=True), "llm.unreachable"),
    ],
)
def test_when_it_stays_down_the_local_verdicts_stand(
    fake: FakeLlm, configure: Configure, user: User, provider: str, fault: Fault, code: str
) -> None:
    fake.always = fault
    settings = configure(provider, classification_batch_size=2, classification_max_concurrency=1)
    batch = [mail(TEXTS[EmailClass.OFFER], n) for n in range(20)]
    local = [unsure(EmailClass.STATUS_UPDATE, 0.7) for _ in batch]
    verdicts, report = ask(settings, user, batch, local)
    assert verdicts == local
    assert report.problem is not None
    assert report.problem.code == code
    assert "sk-hidden" not in report.problem.detail
    assert report.left_to_local == 20
    assert len(fake.asked) <= 4
    asked = len(fake.asked)
    _, again = ask(settings, user, batch, local)
    assert again.problem is not None
    assert again.problem.code == code
    assert len(fake.asked) == asked


def test_nobody_there_is_trouble_too(configure: Configure, user: User) -> None:
    settings = configure(openai_base_url="http://127.0.0.1:1/v1")
    _, report = ask(settings, user, mails(*TWO))
    assert report.problem is not None
    assert report.problem.code == "llm.unreachable"
    assert calls_of(user)[0].tries == 4


def test_an_answer_that_takes_too_long(
    fake: FakeLlm, configure: Configure, user: User, provider: str
) -> None:
    fake.always = lambda _asked: Told(after_s=1.0, text="{}")
    _, report = ask(configure(provider, llm_timeout_s=0.15), user, mails(*TWO))
    assert report.problem is not None
    assert report.problem.code == "llm.too_slow"
    assert len(fake.asked) == 2


def test_what_was_answered_before_the_trouble_stays(fake: FakeLlm, configure: Configure, user: User) -> None:
    served = threading.Lock()
    good: list[int] = []

    def after_three(_asked: object) -> Told | None:
        with served:
            good.append(1)
            return None if len(good) <= 3 else Told(401, body={"error": {"message": "revoked"}})

    fake.always = after_three
    settings = configure(classification_batch_size=1, classification_max_concurrency=1)
    verdicts, report = ask(settings, user, [mail(TEXTS[EmailClass.OFFER], n) for n in range(8)])
    assert (report.by_model, report.left_to_local) == (3, 5)
    by = [v.classified_by.partition(":")[0] for v in verdicts if v]
    assert sorted(by) == ["llm"] * 3 + ["local"] * 5


def test_redirects_are_not_followed(fake: FakeLlm, configure: Configure, user: User) -> None:
    with FakeLlm() as elsewhere:
        fake.always = lambda _asked: Told(
            307, body={}, headers={"Location": f"{elsewhere.openai_url}/chat/completions"}
        )
        _, report = ask(configure(), user, mails(EmailClass.OFFER))
        assert elsewhere.asked == []
    assert report.left_to_local == 1


def test_no_budget_no_request(fake: FakeLlm, configure: Configure, user: User) -> None:
    _, report = ask(configure(llm_budget_usd_per_day=0), user, mails(*TWO))
    assert report.problem is not None
    assert report.problem.code == "llm.budget_used_up"
    assert fake.asked == []
    assert calls_of(user) == []


def test_a_budget_without_a_price_cannot_be_kept(fake: FakeLlm, configure: Configure, user: User) -> None:
    settings = configure(llm_budget_usd_per_day=1, llm_price_input=None, llm_price_output=None)
    _, report = ask(settings, user, mails(*TWO))
    assert report.problem is not None
    assert report.problem.code == "llm.price_unknown"
    assert fake.asked == []


def test_without_a_price_tokens_are_counted_and_the_cost_is_unknown(
    fake: FakeLlm, configure: Configure, user: User
) -> None:
    ask(configure(llm_price_input=None, llm_price_output=None), user, mails(*TWO))
    [call] = calls_of(user)
    assert call.input_tokens
    assert call.cost_usd is None


def test_offline_means_offline(fake: FakeLlm, configure: Configure, user: User) -> None:
    _, report = ask(configure(offline=True), user, mails(*TWO))
    assert report.problem is not None
    assert report.problem.code == "llm.offline"
    assert fake.asked == []


def test_a_person_who_cancels_does_not_wait(fake: FakeLlm, configure: Configure, user: User) -> None:
    fake.always = refuse(429, retry_after="20")
    settings = configure(classification_batch_size=1)

    def cancel_once_asked() -> None:
        if fake.asked:
            raise RunCanceled

    items = [(email, ThreadContext()) for email in mails(*TWO)]
    began = monotonic()
    with pytest.raises(RunCanceled):
        service.ask_model(settings, user.id, None, items, [unsure(), unsure()], cancel_once_asked)
    assert monotonic() - began < 15


def test_nothing_is_asked_inside_a_transaction(fake: FakeLlm, configure: Configure, user: User) -> None:
    settings = configure()
    with pytest.raises(database.OpenTransactionError), database.transaction():
        ask(settings, user, mails(EmailClass.OFFER))
    assert fake.asked == []


@pytest.mark.parametrize(
    ("mode", "sent"),
    [("auto", [0, 1, 2, 3]), ("llm", [0, 1, 2, 3]), ("hybrid", [1, 2, 3]), ("llm_all", [0, 1, 2, 3, 4, 5])],
)
def test_who_is_asked_about(
    fake: FakeLlm, configure: Configure, user: User, mode: str, sent: list[int]
) -> None:
    local = [
        unsure(EmailClass.REJECTION, 0.95),
        unsure(EmailClass.REJECTION, 0.7),
        unsure(EmailClass.REJECTION, 0.95, needs_review=True),
        unsure(EmailClass.NOT_JOB_RELATED, 0.5, unsure=True),
        unsure(EmailClass.NOT_JOB_RELATED, 0.9),
        unsure(EmailClass.JOB_ALERT, 0.9),
    ]
    batch = [mail(TEXTS[EmailClass.STATUS_UPDATE], n) for n in range(6)]
    ask(configure(classification_mode=mode), user, batch, local)
    text = " ".join(asked.user for asked in fake.asked)
    assert [n for n in range(6) if f"Reference {n}." in text] == sent


def test_an_invitation_by_calendar_needs_no_model(fake: FakeLlm, configure: Configure, user: User) -> None:
    invited = mail("See the attached invitation.", calendar="BEGIN:VCALENDAR\nMETHOD:REQUEST")
    ask(configure(), user, [invited], [unsure(EmailClass.INTERVIEW_REQUEST, 0.97)])
    assert fake.asked == []


def test_mail_that_could_not_be_judged_is_not_sent(fake: FakeLlm, configure: Configure, user: User) -> None:
    verdicts, _ = ask(configure(), user, mails(EmailClass.OFFER), [None])
    assert verdicts == [None]
    assert fake.asked == []


@pytest.mark.parametrize("more", [{}, {"classification_mode": "local", "openai_api_key": "a-key"}])
def test_without_a_key_or_when_told_so_no_model_is_asked(
    app_settings: Settings, more: dict[str, Any]
) -> None:
    settings = make_settings(app_settings.database_url, app_settings.data_dir, **more)
    assert not service.asks_model(settings)


@pytest.mark.parametrize(
    "more",
    [
        {"classification_mode": "llm"},
        {"classification_mode": "hybrid"},
        {"llm_provider": "anthropic", "openai_api_key": "a-key"},
        {"llm_price_input": 1.0},
        {"openai_base_url": "ftp://models.example.com"},
    ],
)
def test_settings_that_cannot_work_stop_the_start(app_settings: Settings, more: dict[str, Any]) -> None:
    with pytest.raises(SettingsError):
        make_settings(app_settings.database_url, app_settings.data_dir, **more)
