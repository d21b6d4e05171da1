"""Mails in batches, answers by id, and a single question where one is missing or wrong."""

from __future__ import annotations

from typing import Any

import pytest

from app.auth.models import User
from app.classification.values import EmailClass, EvidenceField
from tests.factories.accounts import make_user
from tests.fakes.llm import FakeLlm, change
from tests.fakes.llm_model import ids_in
from tests.integration.llm.asking import TEXTS, ask, classes_of, mail, mails, unsure
from tests.integration.llm.conftest import Configure

SEVEN = list(TEXTS)


def sizes(fake: FakeLlm) -> list[int]:
    """How many mails each request was about."""
    return [len(ids_in(asked.user)) for asked in fake.asked]


def test_every_mail_gets_the_answer_to_its_own_words(
    fake: FakeLlm, configure: Configure, user: User, provider: str
) -> None:
    settings = configure(provider, classification_batch_size=5)
    verdicts, report = ask(settings, user, mails(*SEVEN))
    assert classes_of(verdicts) == SEVEN
    assert sorted(sizes(fake)) == [2, 5]
    assert (report.asked, report.by_model, report.left_to_local, report.problem) == (7, 7, 0, None)
    model = settings.openai_model if provider == "openai" else settings.anthropic_model
    assert {v.classified_by for v in verdicts if v} == {f"llm:{model}"}


def test_a_second_time_nothing_is_asked(
    fake: FakeLlm, configure: Configure, user: User, provider: str
) -> None:
    settings = configure(provider)
    first, _ = ask(settings, user, mails(*SEVEN))
    asked = len(fake.asked)
    second, report = ask(settings, user, mails(*SEVEN))
    assert len(fake.asked) == asked
    assert second == first
    assert report.from_cache == 7


@pytest.mark.parametrize(
    "more",
    [{"openai_model": "another"}, {"openai_temperature": 0.9}],
    ids=["model", "temperature"],
)
def test_another_model_is_asked_anew(
    fake: FakeLlm, configure: Configure, user: User, more: dict[str, Any]
) -> None:
    settings = configure()
    ask(settings, user, mails(EmailClass.OFFER))
    ask(settings.model_copy(update=more), user, mails(EmailClass.OFFER))
    assert len(fake.asked) == 2


def test_another_text_date_or_person_is_asked_anew(fake: FakeLlm, configure: Configure, user: User) -> None:
    settings = configure()
    ask(settings, user, mails(EmailClass.OFFER))
    ask(settings, user, [mail(TEXTS[EmailClass.OFFER], 0, calendar="BEGIN:VCALENDAR")])
    ask(settings, make_user("bob"), mails(EmailClass.OFFER))
    assert len(fake.asked) == 3


def test_a_redis_that_is_gone_costs_no_answer(fake: FakeLlm, configure: Configure, user: User) -> None:
    settings = configure(redis_url="redis://127.0.0.1:1/0")
    ask(settings, user, mails(EmailClass.OFFER))
    _, report = ask(settings, user, mails(EmailClass.OFFER))
    assert report.from_cache == 1
    assert len(fake.asked) == 1


def drop_second(content: dict[str, Any]) -> Any:
    return {"answers": content["answers"][:1] + content["answers"][2:]}


def double_second(content: dict[str, Any]) -> Any:
    return {"answers": [*content["answers"], content["answers"][1] | {"email_class": "REJECTION"}]}


def invent_class(content: dict[str, Any]) -> Any:
    content["answers"][1]["email_class"] = "HIRED"
    return content


def rename_second(content: dict[str, Any]) -> Any:
    content["answers"][1]["id"] = "somebodyelse"
    return content


def no_number(content: dict[str, Any]) -> Any:
    content["answers"][1]["confidence"] = "very"
    return content


@pytest.mark.parametrize("lie", [drop_second, double_second, invent_class, rename_second, no_number])
def test_one_bad_answer_costs_one_single_question(
    fake: FakeLlm, configure: Configure, user: User, lie: Any
) -> None:
    fake.faults = [change(lie)]
    verdicts, report = ask(configure(), user, mails(*SEVEN))
    assert classes_of(verdicts) == SEVEN
    assert sizes(fake) == [7, 1]
    assert "Reference 1." in fake.asked[1].user
    assert report.left_to_local == 0


def test_extra_answers_change_nothing(fake: FakeLlm, configure: Configure, user: User) -> None:
    def add(content: dict[str, Any]) -> Any:
        foreign = content["answers"][0] | {"id": "zzzzzzzzzz", "email_class": "OFFER"}
        return {"answers": [foreign, *content["answers"], "noise", {"id": 7}], "note": "hello"}

    fake.faults = [change(add)]
    verdicts, _ = ask(configure(), user, mails(*SEVEN))
    assert classes_of(verdicts) == SEVEN
    assert sizes(fake) == [7]


def test_exchanged_ids_are_found_out_by_their_quotes(fake: FakeLlm, configure: Configure, user: User) -> None:
    def exchange(content: dict[str, Any]) -> Any:
        first, second, *rest = content["answers"]
        first["id"], second["id"] = second["id"], first["id"]
        return {"answers": [first, second, *rest]}

    fake.faults = [change(exchange)]
    verdicts, _ = ask(configure(), user, mails(*SEVEN))
    assert classes_of(verdicts) == SEVEN
    assert sizes(fake) == [7, 1, 1]


@pytest.mark.parametrize(
    "weighty",
    [EmailClass.REJECTION, EmailClass.OFFER, EmailClass.INTERVIEW_REQUEST, EmailClass.ASSESSMENT],
)
def test_a_doubtful_outcome_from_a_batch_is_asked_again_alone(
    fake: FakeLlm, configure: Configure, user: User, weighty: EmailClass
) -> None:
    def doubt(content: dict[str, Any]) -> Any:
        for answer in content["answers"]:
            answer["confidence"] = 0.55
        return content

    fake.faults = [change(doubt)]
    verdicts, _ = ask(configure(), user, mails(weighty, EmailClass.STATUS_UPDATE))
    assert sizes(fake) == [2, 1]
    assert [v.confidence for v in verdicts if v] == [0.92, 0.55]


def test_an_outcome_without_its_sentence_is_asked_again_alone(
    fake: FakeLlm, configure: Configure, user: User
) -> None:
    def without(content: dict[str, Any]) -> Any:
        for answer in content["answers"]:
            answer["quote"] = "We are happy to have you on board."
        return content

    fake.faults = [change(without)]
    ask(configure(), user, mails(EmailClass.OFFER, EmailClass.APPLICATION_RECEIVED))
    assert sizes(fake) == [2, 1]


@pytest.mark.parametrize(
    "more", [{"classification_batch_size": 0}, {"classification_use_batch_prompt": False}]
)
def test_batches_can_be_switched_off(
    fake: FakeLlm, configure: Configure, user: User, more: dict[str, Any]
) -> None:
    verdicts, _ = ask(configure(**more), user, mails(*SEVEN))
    assert classes_of(verdicts) == SEVEN
    assert sizes(fake) == [1] * 7


def test_the_model_sentence_is_shown_where_it_stands(fake: FakeLlm, configure: Configure, user: User) -> None:
    [email] = mails(EmailClass.REJECTION)
    [verdict], _ = ask(configure(), user, [email])
    assert verdict is not None
    first = verdict.evidence[0]
    assert (first.field, first.label) == (EvidenceField.TEXT, "model_quote")
    assert "other candidates" in email.text[first.start : first.end]
    assert "quote:model" in verdict.reasoning


def test_a_sentence_that_stands_nowhere_is_replaced_by_ours_and_marked(
    fake: FakeLlm, configure: Configure, user: User
) -> None:
    def invent(content: dict[str, Any]) -> Any:
        content["answers"][0]["quote"] = "You were the worst of all candidates."
        return content

    fake.always = change(invent)
    [email] = mails(EmailClass.REJECTION)
    [verdict], _ = ask(configure(), user, [email])
    assert verdict is not None
    assert "quote:local" in verdict.reasoning
    assert "model_quote" not in {e.label for e in verdict.evidence}
    assert "other candidates" in email.text[verdict.evidence[0].start : verdict.evidence[0].end]


def test_what_the_mail_does_not_state_is_not_believed(
    fake: FakeLlm, configure: Configure, user: User
) -> None:
    def invent(content: dict[str, Any]) -> Any:
        content["answers"][0] |= {"company_name": "Bluefern Holding", "job_title": "Chief of Everything"}
        return content

    fake.always = change(invent)
    [verdict], _ = ask(configure(), user, mails(EmailClass.OFFER))
    assert verdict is not None
    assert verdict.entities.company_name != "Bluefern Holding"
    assert verdict.entities.job_title is None


def test_another_class_brings_its_own_stage_and_tasks(
    fake: FakeLlm, configure: Configure, user: User
) -> None:
    [verdict], _ = ask(configure(), user, mails(EmailClass.INTERVIEW_REQUEST))
    assert verdict is not None
    assert verdict.application_stage == "interview"
    assert verdict.email_class is EmailClass.INTERVIEW_REQUEST


def test_a_sure_local_verdict_that_is_contradicted_is_reviewed(
    fake: FakeLlm, configure: Configure, user: User
) -> None:
    local = [unsure(EmailClass.REJECTION, 0.95), unsure(EmailClass.REJECTION, 0.5)]
    verdicts, _ = ask(configure(), user, mails(EmailClass.OFFER, EmailClass.OFFER), local)
    assert [v.needs_review for v in verdicts if v] == [True, False]


def test_a_job_mail_never_disappears_silently(fake: FakeLlm, configure: Configure, user: User) -> None:
    [verdict], _ = ask(
        configure(), user, mails(EmailClass.NOT_JOB_RELATED), [unsure(EmailClass.APPLICATION_RECEIVED, 0.9)]
    )
    assert verdict is not None
    assert verdict.email_class is EmailClass.NOT_JOB_RELATED
    assert verdict.needs_review
    assert verdict.unsure
