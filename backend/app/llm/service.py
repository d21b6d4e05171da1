"""Asking a model: one question in, one usable JSON object out, with everything written down on the way."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from app.core import db, outgoing, rate_limit
from app.core.clock import monotonic, now
from app.core.outgoing import Purpose
from app.core.rate_limit import Limit
from app.core.settings import Settings
from app.llm import answers, books, flight, page_settings, prices, repository
from app.llm.cache import answer_key, find_answers, remember_answers
from app.llm.clients import client_of
from app.llm.config import configured
from app.llm.errors import (
    AddressRefused,
    BadAnswer,
    LlmProblem,
    NotConfigured,
    OfflineMode,
    RequestRefused,
    SetByEnvironment,
    SettingsDisagree,
    TooManyTests,
)
from app.llm.flight import forbid_wrong_place
from app.llm.page_settings import ClassifierPatch, fixed_names, settings_in_force
from app.llm.values import Answer, Asker, Form, LlmConfig, Question, Reply, Turn

__all__ = [
    "Standing",
    "Tested",
    "answer_key",
    "ask",
    "check_addresses",
    "configured",
    "effective_mode",
    "estimated_cost",
    "find_answers",
    "forbid_wrong_place",
    "forget_old",
    "remember_answers",
    "set_aside",
    "settings_in_force",
    "standing",
    "test_connection",
]
KEPT = timedelta(days=180)
TEST_WITHIN_S = 10.0
SET_ASIDE_S = 300.0
_TESTS = Limit("llm-test", 6, 60)
_FORMS = tuple(Form)
_COMPLAINT = (
    "That is not one JSON object of the form that was asked for. "
    "Answer again: only the JSON object, no other words."
)
_FORGET_AT_ONCE = 200
_best_form: dict[str, Form] = {}


@dataclass(slots=True)
class _Way:
    """How one question is asked: within what time, how often, until who says stop."""

    stop: threading.Event
    timeout_s: float
    tries: int


@dataclass(frozen=True, slots=True)
class Tested:
    """A connection that works: the form in which the model answered, and how long that took."""

    form: Form
    duration_ms: int


@dataclass(frozen=True, slots=True)
class Standing:
    """The configured model and today's account. `problem` is what stands in its way just now."""

    config: LlmConfig | None
    spent_usd: float
    calls: int
    problem: LlmProblem | None


def ask(config: LlmConfig, asker: Asker, question: Question, stop: threading.Event) -> Answer:
    """A JSON object, asked for by the strictest form that the model takes. Raises LlmProblem and AskedToStop.

    A model that refuses a form is asked by the next one, and that is remembered. One that answers with something
    else is asked once more by the next form, or told so once; that isn't remembered: a mail may have caused it.
    """
    if config.offline:
        raise OfflineMode("OFFLINE is set: nothing is sent to a language model.")
    if (known := flight.trouble_of(config)) is not None:
        raise known
    return _ask(config, asker, question, _Way(stop, config.timeout_s, flight.TRIES))[0]


def test_connection(settings: Settings, user_id: int) -> Tested:
    """One small question, within ten seconds. Raises LlmProblem, in words for whoever set it up."""
    if wait := rate_limit.hit(_TESTS, str(user_id)):
        raise TooManyTests(headers={"Retry-After": str(wait)})
    config = configured(settings)
    if config is None:
        raise NotConfigured(
            "Set a key or an address under Settings, or OPENAI_API_KEY, OPENAI_BASE_URL or ANTHROPIC_API_KEY in "
            "the environment."
        )
    if config.offline:
        raise OfflineMode("OFFLINE is set: nothing is sent to a language model.")
    question = Question(
        "test",
        'This is a test of a connection. Answer with the JSON object {"answer": "ready"}.',
        ("Are you ready?",),
        {
            "type": "object",
            "properties": {"answer": {"type": "string"}},
            "required": ["answer"],
            "additionalProperties": False,
        },
    )
    began = monotonic()
    flight.forget_trouble(config)
    way = _Way(threading.Event(), min(config.timeout_s, TEST_WITHIN_S), 1)
    _, form = _ask(config, Asker(user_id), question, way)
    return Tested(form, round((monotonic() - began) * 1000))


def standing(session: db.ReadSession, settings: Settings) -> Standing:
    """The configured model, what this installation spent on it today, and what stands in its way."""
    config = configured(settings)
    day = repository.day_of(session, now().date())
    return Standing(
        config,
        round(day.spent_usd, 6) if day else 0.0,
        day.calls if day else 0,
        flight.trouble_of(config) if config else None,
    )


def would_be(session: db.ReadSession, base: Settings, patch: ClassifierPatch) -> Settings:
    """The settings in force if these changes were stored. Raises SetByEnvironment, SettingsDisagree."""
    return _changed(session, base, patch)[1]


def check_addresses(patch: ClassifierPatch) -> None:
    """Refuse addresses where Jobtrail doesn't go, before they are stored or tried. May ask a resolver, so no
    transaction may be open. Raises AddressRefused."""
    db.forbid_open_transaction()
    for address in (patch.openai_base_url, patch.anthropic_base_url):
        if address is None:
            continue
        try:
            outgoing.check_place(Purpose.LLM, address)
        except outgoing.HostNotAllowed as error:
            raise AddressRefused(error.detail, host=outgoing.place_of(address)[0]) from error


def change_settings(session: db.WriteSession, base: Settings, patch: ClassifierPatch) -> Settings:
    """Store what an administrator set in the page; the settings then in force. Whoever commits calls
    `forget_reading` afterwards. Raises SetByEnvironment, SettingsDisagree."""
    values, made = _changed(session, base, patch)
    page_settings.store(session, base, values)
    if (config := configured(made)) is not None:
        flight.forget_trouble(config)
    return made


def estimated_cost(config: LlmConfig, input_chars: int, output_chars: int) -> float | None:
    """USD, four characters to a token; None when the price is unknown."""
    return prices.cost_of(config, input_chars // 4, output_chars // 4)


def _changed(
    session: db.ReadSession, base: Settings, patch: ClassifierPatch
) -> tuple[ClassifierPatch, Settings]:
    fixed = sorted(patch.changes().keys() & set(fixed_names(base)))
    if fixed:
        names = ", ".join(name.upper() for name in fixed)
        raise SetByEnvironment(f"The environment sets {names}; change it there.", names=fixed)
    values = page_settings.merged(base, page_settings.stored(session, base), patch)
    made = page_settings.overlaid(base, values)
    if problems := made.llm_problems():
        raise SettingsDisagree(" ".join(problems))
    return values, made


def set_aside(config: LlmConfig, problem: LlmProblem) -> None:
    """Leave the model alone for some minutes: it answers, but nothing that is of use."""
    flight.note_trouble(config, problem, SET_ASIDE_S)


def forget_old() -> int:
    """Delete calls and cached answers of half a year ago, a few at a time; how many went."""
    gone = 0
    while True:
        with db.transaction() as session:
            some = repository.forget_before(session, now() - KEPT, _FORGET_AT_ONCE)
        gone += some
        if not some:
            return gone


def _ask(config: LlmConfig, asker: Asker, question: Question, way: _Way) -> tuple[Answer, Form]:
    form, turn, refused = _best_form.get(config.endpoint, Form.SCHEMA), None, False
    ends = monotonic() + way.timeout_s * len(_FORMS)
    while True:
        try:
            reply = _request(config, asker, question, form, turn, way)
        except RequestRefused as error:
            lower = None if error.too_long else _below(form)
            if lower is None:
                raise
            form, refused = lower, True
            continue
        if refused:
            _best_form[config.endpoint] = form
        answer = answers.read_answer(reply.text, cut_off=reply.cut_off)
        if answer is not None:
            return answer, form
        if reply.cut_off:
            raise BadAnswer("The answer was cut off; LLM_MAX_TOKENS may be too small.")
        lower = _below(form)
        if lower is not None:
            form = lower
        elif turn is None and monotonic() < ends:
            turn = Turn(reply.text[:2000] or "(nothing)", _COMPLAINT)
        else:
            raise BadAnswer(f"{config.model} did not answer with JSON, not even when told so.")


def _below(form: Form) -> Form | None:
    at = _FORMS.index(form) + 1
    return _FORMS[at] if at < len(_FORMS) else None


def _request(
    config: LlmConfig, asker: Asker, question: Question, form: Form, turn: Turn | None, way: _Way
) -> Reply:
    flight.forbid_wrong_place()
    client = client_of(config)
    entry = books.open_entry(config, asker, question, form, turn)
    with _closed(entry):
        reply, tries = flight.send(
            config, lambda: client.ask(question, form, turn, way.timeout_s), way.stop, way.tries
        )
    books.close_entry(config, entry, reply, tries)
    return reply


@contextmanager
def _closed(entry: books.Entry) -> Iterator[None]:
    """Whatever ends a request ends its entry."""
    try:
        yield
    except LlmProblem as problem:
        books.close_failed(entry, problem)
        raise
    except BaseException:
        books.close_failed(entry, None)
        raise


def effective_mode(settings: Settings | None = None) -> str:
    """What CLASSIFICATION_MODE comes to: `local` when it is `auto` and no model is configured."""
    chosen = settings or settings_in_force()
    if chosen.classification_mode != "auto":
        return chosen.classification_mode
    return "llm" if chosen.llm_provider_in_use else "local"
