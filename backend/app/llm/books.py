"""The books: every request is written down before it is sent, and what it came to afterwards.

Each entry is a transaction of its own, closed before anything goes over the network. The day's budget is kept
by setting aside the most that a request can cost, in one statement, whichever process asks.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.core import db
from app.core.clock import monotonic, now
from app.llm import prices, repository
from app.llm.errors import BudgetUsedUp, LlmProblem, PriceUnknown, TooSlow
from app.llm.models import LlmCall, Outcome
from app.llm.redaction import preview, redact
from app.llm.values import Asker, Form, LlmConfig, Question, Reply, Turn

_UNTOLD = 500


@dataclass(frozen=True, slots=True)
class Entry:
    """An open entry: a request that may be under way."""

    call_id: int
    day: date
    reserved: float
    began: float


def open_entry(config: LlmConfig, asker: Asker, question: Question, form: Form, turn: Turn | None) -> Entry:
    """Write down what will be sent. Raises BudgetUsedUp and PriceUnknown, and then nothing is written."""
    sent = question.user if turn is None else f"{question.user}\n{turn.answer}\n{turn.complaint}"
    chars = len(question.system) + len(sent)
    at, shown = now(), preview(question.parts)
    with db.transaction() as session:
        reserved = 0.0
        if config.budget_usd_per_day is not None:
            reserved = _most(config, chars)
            if not repository.reserve(session, at.date(), reserved, config.budget_usd_per_day):
                raise BudgetUsedUp(
                    f"Today's budget of {config.budget_usd_per_day:g} USD is used up; it is free again tomorrow (UTC).",
                    budget=config.budget_usd_per_day,
                )
        call = LlmCall(
            user_id=asker.user_id,
            run_id=asker.run_id,
            purpose=question.purpose,
            provider=config.provider.value,
            model=config.model[:200],
            host=config.host[:255],
            form=form.value,
            prompt_version=question.prompt_version,
            items=question.items,
            sent_chars=chars,
            preview=shown,
            outcome=Outcome.SENT,
            started_at=at,
        )
        session.add(call)
        session.flush()
        return Entry(call.id, at.date(), reserved, monotonic())


def close_entry(config: LlmConfig, entry: Entry, reply: Reply, tries: int) -> None:
    """Write down what came back and what it cost."""
    cost = prices.cost_of(config, reply.input_tokens, reply.output_tokens)
    with db.transaction() as session:
        ended = {
            "outcome": Outcome.CUT_OFF if reply.cut_off else Outcome.ANSWERED,
            "tries": tries,
            "input_tokens": reply.input_tokens,
            "output_tokens": reply.output_tokens,
            "cost_usd": cost,
            "duration_ms": _since(entry),
        }
        repository.end_call(session, entry.call_id, ended)
        repository.settle(
            session,
            entry.day,
            reserved=entry.reserved,
            spent=entry.reserved if cost is None else cost,
            tokens=(reply.input_tokens or 0, reply.output_tokens or 0),
        )


def close_failed(entry: Entry, problem: LlmProblem | None) -> None:
    """Write down that nothing usable came back. An answer that came too late may be billed all the same."""
    with db.transaction() as session:
        ended = {
            "outcome": Outcome.FAILED,
            "error_code": problem.code if problem else "llm.stopped",
            "error_detail": redact(problem.detail)[:_UNTOLD] if problem else "Nobody waited for it any more.",
            "tries": int(problem.params.get("tries", 0)) if problem else 0,
            "duration_ms": _since(entry),
        }
        repository.end_call(session, entry.call_id, ended)
        spent = entry.reserved if isinstance(problem, TooSlow) else 0.0
        repository.settle(session, entry.day, reserved=entry.reserved, spent=spent, tokens=(0, 0))


def _most(config: LlmConfig, chars: int) -> float:
    most = prices.most_it_can_cost(config, chars)
    if most is None:
        raise PriceUnknown(
            f"The price of {config.model} is unknown, so LLM_BUDGET_USD_PER_DAY can't be kept. "
            "Set LLM_PRICE_INPUT and LLM_PRICE_OUTPUT (0 for a model of your own).",
            model=config.model,
        )
    return most


def _since(entry: Entry) -> int:
    return round((monotonic() - entry.began) * 1000)
