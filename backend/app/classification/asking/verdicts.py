"""From a model's answer and the local verdict to the verdict that counts."""

from __future__ import annotations

from dataclasses import replace

from app.classification.asking.answers import MailAnswer, evidence_of, find_quote, is_stated
from app.classification.decision import NOT_JOB, Decision
from app.classification.evidence import find_evidence
from app.classification.graph import (
    MailState,
    assign_stage,
    detect_action_items,
    extract_entities,
    leaves_early,
    match_resumes,
)
from app.classification.model import MAX_CONFIDENCE
from app.classification.reading import read
from app.classification.values import EmailValue, Entities, RunnerUp, ThreadContext, Verdict
from app.companies.service import company_key, company_similarity, is_provider_name, strip_title_tails

_SAME_NAME = 0.85
_CLASSIFIED_BY_CHARS = 80
_TITLE_CHARS = (2, 80)


def verdict_by_model(
    email: EmailValue,
    context: ThreadContext,
    local: Verdict,
    answer: MailAnswer,
    model: str,
    *,
    gives_orders: bool,
    sure_from: float,
) -> Verdict:
    """The model's class with everything that belongs to it; what contradicts a sure local verdict is reviewed."""
    agrees = answer.email_class is local.email_class
    base = local if agrees else _read_as(email, context, local, answer)
    confidence = min(
        MAX_CONFIDENCE, max(answer.confidence, local.confidence) if agrees else answer.confidence
    )
    span = find_quote(email, answer.quote)
    drops_job = answer.email_class in NOT_JOB and local.email_class not in NOT_JOB
    doubtful = not agrees and (local.confidence >= sure_from or drops_job or gives_orders)
    return replace(
        base,
        email_class=answer.email_class,
        confidence=round(confidence, 4),
        runner_ups=base.runner_ups if agrees else _with_local_as_runner_up(local, confidence),
        entities=_entities(email, base.entities, answer)
        if answer.email_class not in NOT_JOB
        else base.entities,
        evidence=((evidence_of(span),) if span else ()) + base.evidence,
        unsure=drops_job and local.confidence >= sure_from,
        needs_review=doubtful,
        reasoning=_reasons(local, agrees=agrees, quoted=span is not None, gives_orders=gives_orders),
        classified_by=f"llm:{model}"[:_CLASSIFIED_BY_CHARS],
    )


def _read_as(email: EmailValue, context: ThreadContext, local: Verdict, answer: MailAnswer) -> Verdict:
    """The mail read again, as one of the model's class: its entities, stage, action items, local sentences."""
    reading = read(email, context)
    decision = Decision(answer.email_class, answer.confidence, (), False, False, (), "llm")
    state: MailState = {
        "reading": reading,
        "decision": decision,
        "evidence": find_evidence(reading, answer.email_class),
    }
    if leaves_early(state) != "end":
        for step in (extract_entities, assign_stage, detect_action_items, match_resumes):
            state.update(step(state))
    items = state.get("action_items", ())
    return replace(
        local,
        entities=state.get("entities", Entities()),
        application_stage=state.get("application_stage"),
        requires_action=bool(items),
        action_items=items,
        evidence=state["evidence"],
        matched_resume=state.get("matched_resume"),
    )


def _entities(email: EmailValue, local: Entities, answer: MailAnswer) -> Entities:
    """The model's names where the mail states them; the local ones where it doesn't, and where both mean the same."""
    return replace(
        local,
        company_name=_company(email, local.company_name, answer.company_name),
        job_title=_title(email, local.job_title, answer.job_title),
    )


def _company(email: EmailValue, local: str | None, given: str | None) -> str | None:
    if given is None or is_provider_name(given) or not is_stated(email, given):
        return local
    if local is not None and company_similarity(company_key(local), company_key(given)) >= _SAME_NAME:
        return local
    return given


def _title(email: EmailValue, local: str | None, given: str | None) -> str | None:
    bare = strip_title_tails(given) if given else ""
    least, most = _TITLE_CHARS
    if not least <= len(bare) <= most or "://" in bare or bare[-1] in ".!?" or not is_stated(email, bare):
        return local
    return bare


def _with_local_as_runner_up(local: Verdict, confidence: float) -> tuple[RunnerUp, ...]:
    rest = round(min(local.confidence, 1.0 - confidence), 4)
    return (RunnerUp(local.email_class, rest),) if rest >= 0.01 else ()


def _reasons(local: Verdict, *, agrees: bool, quoted: bool, gives_orders: bool) -> tuple[str, ...]:
    """`quote:local`: the sentence that is shown is ours, since the model's stands nowhere in the mail."""
    said = f"local:{local.email_class.value}:{local.confidence:.2f}"
    told = ["model:agrees" if agrees else "model:differs", said, "quote:model" if quoted else "quote:local"]
    return (*told, "orders_in_mail") if gives_orders else tuple(told)
