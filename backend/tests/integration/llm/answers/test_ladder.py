"""How the form of an answer is asked for, and what is done about answers of another form."""

from __future__ import annotations

import json

import pytest

from app.auth.models import User
from app.classification.values import EmailClass
from tests.fakes.llm import FakeLlm, Told, refuse, refuse_forms, say
from tests.fakes.llm_model import answer_for, ids_in, written
from tests.integration.llm.asking import TEXTS, ask, calls_of, classes_of, mail, mails
from tests.integration.llm.conftest import Configure

TWO = [EmailClass.REJECTION, EmailClass.OFFER]
MIDDLE = {"openai": "json_object", "anthropic": "tool"}


def forms(fake: FakeLlm) -> list[str]:
    return [asked.form for asked in fake.asked]


def test_the_strictest_form_is_asked_for_first(
    fake: FakeLlm, configure: Configure, user: User, provider: str
) -> None:
    ask(configure(provider), user, mails(*TWO))
    assert forms(fake) == ["json_schema"]
    body = fake.asked[0].body
    sent = body["response_format"]["json_schema"] if provider == "openai" else body["output_config"]["format"]
    assert sent["schema"]["properties"]["answers"]["items"]["properties"]["email_class"]["enum"]


def test_a_refused_form_is_remembered(fake: FakeLlm, configure: Configure, user: User, provider: str) -> None:
    fake.always = refuse_forms("json_schema")
    settings = configure(provider)
    verdicts, _ = ask(settings, user, mails(*TWO))
    assert classes_of(verdicts) == TWO
    ask(settings, user, [mail(TEXTS[EmailClass.OFFER], 9)])
    assert forms(fake) == ["json_schema", MIDDLE[provider], MIDDLE[provider]]
    assert '"additionalProperties"' in fake.asked[1].system


def test_a_model_that_knows_no_forms_is_asked_in_words(
    fake: FakeLlm, configure: Configure, user: User, provider: str
) -> None:
    fake.always = refuse_forms("json_schema", "json_object", "tool")
    verdicts, _ = ask(configure(provider), user, mails(*TWO))
    assert classes_of(verdicts) == TWO
    assert forms(fake) == ["json_schema", MIDDLE[provider], "text"]
    assert [c.outcome for c in calls_of(user)] == ["failed", "failed", "answered"]
    assert calls_of(user)[0].error_code == "llm.request_refused"


def test_an_answer_in_prose_is_repaired_once_and_spoils_nothing(
    fake: FakeLlm, configure: Configure, user: User
) -> None:
    prose = say("The first one is a rejection, I think.")
    fake.faults = [prose, prose, prose]
    settings = configure()
    verdicts, _ = ask(settings, user, mails(*TWO))
    assert classes_of(verdicts) == TWO
    assert forms(fake) == ["json_schema", "json_object", "text", "text"]
    assert [asked.turns for asked in fake.asked] == [1, 1, 1, 2]
    ask(settings, user, [mail(TEXTS[EmailClass.OFFER], 9)])
    assert forms(fake)[-1] == "json_schema"


def test_words_around_the_json_do_no_harm(fake: FakeLlm, configure: Configure, user: User) -> None:
    fake.always = lambda asked: Told(text=f"Sure!\n```json\n{written(answer_for(asked.user))}\n```\nBye.")
    verdicts, _ = ask(configure(), user, mails(*TWO))
    assert classes_of(verdicts) == TWO
    assert len(fake.asked) == 1


def test_a_model_that_only_talks_is_given_up(fake: FakeLlm, configure: Configure, user: User) -> None:
    fake.always = say("I would rather not.")
    settings = configure(classification_max_concurrency=1)
    verdicts, report = ask(settings, user, [mail(TEXTS[EmailClass.OFFER], n) for n in range(30)])
    assert report.problem is not None
    assert report.problem.code == "llm.bad_answer"
    assert report.left_to_local == 30
    assert {v.classified_by for v in verdicts if v} == {"local:1"}
    asked = len(fake.asked)
    assert asked <= 4 * (3 + 6)
    _, again = ask(settings, user, mails(*TWO))
    assert again.left_to_local == 2
    assert len(fake.asked) == asked


@pytest.mark.parametrize("whole", [0, 1])
def test_of_a_cut_off_answer_the_whole_part_counts(
    fake: FakeLlm, configure: Configure, user: User, provider: str, whole: int
) -> None:
    def cut(asked: object) -> Told:
        text = json.dumps(answer_for(fake.asked[-1].user))
        places = [at for at in range(len(text)) if text.startswith('{"id"', at)]
        return Told(text=text[: places[whole] + 15], cut_off=True)

    fake.faults = [cut]
    verdicts, _ = ask(configure(provider), user, mails(*TWO))
    assert classes_of(verdicts) == TWO
    assert [len(ids_in(asked.user)) for asked in fake.asked] == [2] + [1] * (2 - whole)
    assert calls_of(user)[0].outcome == "cut_off"


def test_a_batch_that_is_too_long_is_asked_one_by_one(
    fake: FakeLlm, configure: Configure, user: User, provider: str
) -> None:
    fake.faults = [refuse(400, "context_length_exceeded", "This is too long")]
    verdicts, _ = ask(configure(provider), user, mails(*TWO))
    assert classes_of(verdicts) == TWO
    assert [len(ids_in(asked.user)) for asked in fake.asked] == [2, 1, 1]
    assert set(forms(fake)) == {"json_schema"}


def test_parameters_that_a_model_refuses_are_left_out(
    fake: FakeLlm, configure: Configure, user: User
) -> None:
    def picky(asked: object) -> Told | None:
        body = fake.asked[-1].body
        for name, told in (
            ("max_tokens", "Use 'max_completion_tokens' instead."),
            ("temperature", "temperature is fixed"),
        ):
            if name in body:
                return Told(400, body={"error": {"message": told, "code": "unsupported_parameter"}})
        return None

    fake.always = picky
    settings = configure()
    verdicts, _ = ask(settings, user, mails(*TWO))
    assert classes_of(verdicts) == TWO
    asked = len(fake.asked)
    ask(settings, user, [mail(TEXTS[EmailClass.OFFER], 9)])
    assert len(fake.asked) == asked + 1
    assert len(calls_of(user)) == 2


@pytest.mark.parametrize(
    "body", [{"hello": "world"}, [], {"choices": []}, {"choices": [{"message": None}]}, "just words", None, 7]
)
def test_something_that_is_no_answer_at_all(
    fake: FakeLlm, configure: Configure, user: User, body: object
) -> None:
    fake.always = lambda _asked: Told(raw=json.dumps(body).encode())
    verdicts, report = ask(configure(), user, mails(EmailClass.OFFER))
    assert report.left_to_local == 1
    assert verdicts[0] is not None
    assert verdicts[0].classified_by == "local:1"
    assert {c.outcome for c in calls_of(user)} == {"failed"}


def test_half_a_response_is_no_answer(fake: FakeLlm, configure: Configure, user: User) -> None:
    fake.always = lambda _asked: Told(raw=b'{"choices": [{"message": {"content": "{')
    _, report = ask(configure(), user, mails(EmailClass.OFFER))
    assert report.left_to_local == 1


def test_tokens_that_are_not_told_are_not_invented(fake: FakeLlm, configure: Configure, user: User) -> None:
    fake.faults = [lambda asked: Told(text=written(answer_for(asked.user)), usage=False)]
    ask(configure(), user, mails(*TWO))
    [call] = calls_of(user)
    assert (call.input_tokens, call.output_tokens, call.cost_usd) == (None, None, None)
