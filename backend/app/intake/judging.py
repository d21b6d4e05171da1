"""From stored emails to verdicts: batches, newest first, in the pool's processes."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

import structlog

from app.applications import repository as applications
from app.applications.models import DecisionKind
from app.classification import service as classification
from app.classification.values import (
    LEFT_TO_LOCAL,
    Direction,
    EmailClass,
    EmailValue,
    Evidence,
    EvidenceField,
    HeaderFacts,
    ThreadContext,
    Verdict,
)
from app.classification.version import PIPELINE_VERSION
from app.core import db
from app.core.clock import now
from app.core.db import ReadSession, WriteSession
from app.core.settings import get_settings
from app.intake import repository, search_index
from app.intake.corrections import Words, words_of
from app.intake.errors import JudgingTooSlow
from app.intake.models import VerdictRow
from app.llm import service as llm
from app.mail import repository as mail
from app.mail import service as mail_service
from app.mail.models import Email, EmailBody
from app.runs import pool
from app.runs.context import RunContext
from app.runs.errors import RunCanceled, RunInterrupted

log = structlog.get_logger(__name__)
QUOTE_CHARS = 400
Judged = dict[int, "Verdict | None"]


@dataclass(frozen=True, slots=True)
class Waiting:
    """One stored email on its way to a verdict."""

    email: Email
    body: EmailBody

    @property
    def thread_keys(self) -> frozenset[str]:
        own = {self.email.rfc822_message_id} if self.email.rfc822_message_id else set()
        return frozenset(
            own | {*self.email.references, *([self.email.in_reply_to] if self.email.in_reply_to else [])}
        )


def later_in_conversation(user_id: int, waiting: Sequence[Waiting]) -> list[Waiting]:
    """Judged incoming mail that follows these in their conversations: it was read without knowing them."""
    ids = {w.email.id for w in waiting}
    oldest = min(w.email.received_at for w in waiting)
    with db.read_session() as session:
        threads = repository.threads_of(session, user_id, ids).values()
        mates = mail.followers(
            session,
            user_id,
            {thread for known in threads for _, thread in known},
            {w.email.rfc822_message_id for w in waiting if w.email.rfc822_message_id},
        )
        later = [
            mate.id
            for mate in mates
            if mate.id not in ids and mate.direction == Direction.IN and mate.received_at >= oldest
        ]
        judged = repository.verdicts_of(session, user_id, later)
        return [Waiting(e, b) for e, b in mail.bodies_of(session, user_id, list(judged))]


def judge(
    user_id: int,
    waiting: Sequence[Waiting],
    check: Callable[[], None],
    run: RunContext | None = None,
    earlier: Mapping[int, EmailClass] | None = None,
) -> Judged:
    """A verdict per email id; None for own mail (it gets no class) and for mail that can't be judged.

    Mails of one conversation are judged oldest first, since each is read in the light of those before. `check` is
    called while the pool works (the first batch of all waits for the model): what it raises ends the judging. Only
    within a `run` is a language model asked, where one is configured; the run's result tells what became of that.
    `earlier` are classes of other mail that count before what is stored.
    """
    judged: Judged = {w.email.id: None for w in waiting}
    incoming = [w for w in waiting if w.email.direction == Direction.IN]
    classes: dict[int, EmailClass] = dict(earlier or {})
    with db.read_session() as session:
        words = words_of(session, user_id, judged.keys())
    for wave in _waves(sorted(incoming, key=lambda w: (w.email.received_at, w.email.id))):
        with db.read_session() as session:
            batch = [_told(session, user_id, w, classes, words) for w in wave]
        verdicts = _ask_model(user_id, batch, _classify(batch, check), check, run)
        for w, verdict in zip(wave, verdicts, strict=True):
            if verdict is not None:
                judged[w.email.id] = words.put_into(w.email.id, verdict)
                classes[w.email.id] = verdict.email_class
    return judged


def judge_values(
    user_id: int, values: Sequence[EmailValue], check: Callable[[], None]
) -> list[Verdict | None]:
    """Verdicts on mail that is not stored, side by side in the pool's processes; None for one that can't be judged.

    What the user taught counts, and a configured language model is asked. `check` is called while that takes: what
    it raises ends it. No transaction may be open.
    """
    with db.read_session() as session:
        words = words_of(session, user_id, ())
    batch = [(value, ThreadContext(said=words.about(0, value))) for value in values]
    size = math.ceil(len(batch) / get_settings().ingestion_workers) or 1
    parts = [batch[start : start + size] for start in range(0, len(batch), size)]
    futures = [pool.submit(classify_values, part) for part in parts]
    local: list[Verdict | None] = []
    for part, future in zip(parts, futures, strict=True):
        local += _result(part, future, check)
    settings = llm.settings_in_force()
    if not classification.asks_model(settings):
        return local
    return classification.ask_model(settings, user_id, None, batch, local, check)[0]


def get_ready() -> None:
    """Have a pool process load what judging needs while something else is awaited."""
    with suppress(BrokenProcessPool):  # the first batch will see to it
        pool.submit(classify_values, [])


def record(session: WriteSession, user_id: int, waiting: Sequence[Waiting], judged: Judged) -> None:
    """Write verdicts, names for search, and cut what isn't about the user's applications. All of it then waits for
    its links."""
    settings = llm.settings_in_force()
    known = repository.verdicts_of(session, user_id, [w.email.id for w in waiting])
    if known:
        waiting = _still_true(session, user_id, waiting, judged)
    for w in waiting:
        if w.email.id in known:
            session.delete(known[w.email.id])
    session.flush()
    fresh = [w for w in waiting if w.email.id not in known]
    for w in waiting:
        row = _row(user_id, w, judged[w.email.id], settings.review_confidence_threshold)
        if (before := known.get(w.email.id)) is not None and before.email_class == row.email_class:
            row.review_after = before.review_after
        session.add(row)
    search_index.add_emails(session, user_id, [w.email for w in fresh])
    others = [
        w.email.id
        for w in fresh
        if (v := judged[w.email.id]) and v.email_class in repository.UNLINKABLE and not v.unsure
    ]
    mail_service.cut_other_mail(session, user_id, others, settings.keep_other_mail)


def _still_true(
    session: ReadSession, user_id: int, waiting: Sequence[Waiting], judged: Judged
) -> list[Waiting]:
    """Leave out mail about which the user spoke, or took it back, while it was judged: that was seen to already."""
    ids = [w.email.id for w in waiting]
    spoken = {d.email_id for d in applications.email_decisions(session, user_id, (DecisionKind.CLASS,), ids)}
    return [
        w
        for w in waiting
        if (v := judged[w.email.id]) is None or (v.classified_by == "user") == (w.email.id in spoken)
    ]


def classify_values(batch: list[tuple[EmailValue, ThreadContext]]) -> list[Verdict]:
    """Runs in a pool process: verdicts by the local model, loaded or trained at first use."""
    from app.classification import service

    service.warm_up(get_settings().data_dir / "models")
    return service.classify(batch)


def _classify(
    batch: list[tuple[EmailValue, ThreadContext]], check: Callable[[], None]
) -> list[Verdict | None]:
    return _result(batch, pool.submit(classify_values, batch), check)


def _result(
    batch: list[tuple[EmailValue, ThreadContext]], future: Future[list[Verdict]], check: Callable[[], None]
) -> list[Verdict | None]:
    try:
        return [*pool.result_of(future, check)]
    except (RunCanceled, RunInterrupted, JudgingTooSlow):
        raise
    except BrokenProcessPool:
        pool.restart()
    except Exception:
        log.exception("batch_not_classified")
    return [_classify_alone(item) for item in batch]


def _ask_model(
    user_id: int,
    batch: list[tuple[EmailValue, ThreadContext]],
    local: list[Verdict | None],
    check: Callable[[], None],
    run: RunContext | None,
) -> list[Verdict | None]:
    """A configured language model's verdicts in place of the local ones. Outside a run only known answers count."""
    settings = llm.settings_in_force()
    if not classification.asks_model(settings):
        return local
    run_id = run.run_id if run else None
    verdicts, report = classification.ask_model(
        settings, user_id, run_id, batch, local, check, only_known=run is None
    )
    if run is not None:
        run.result["llm"] = report.added_to(run.result.get("llm"))
    return verdicts


def _classify_alone(item: tuple[EmailValue, ThreadContext]) -> Verdict | None:
    """One mail by itself: three tries, then it is marked and passed over, so that it holds up no other."""
    for _ in range(3):
        try:
            return pool.submit(classify_values, [item]).result()[0]
        except BrokenProcessPool:
            pool.restart()
        except Exception:
            log.exception("email_not_classified")
    return None


def _waves(ordered: Sequence[Waiting]) -> list[list[Waiting]]:
    """Split so that no wave holds two mails of one conversation, and earlier mails come in earlier waves."""
    depth: dict[str, int] = {}
    waves: list[list[Waiting]] = []
    for w in ordered:
        keys = w.thread_keys
        at = max((depth[k] + 1 for k in keys if k in depth), default=0)
        for key in keys:
            depth[key] = at
        if at == len(waves):
            waves.append([])
        waves[at].append(w)
    return waves


def _value(w: Waiting) -> EmailValue:
    email, body = w.email, w.body
    facts = email.headers
    return EmailValue(
        subject=email.subject,
        sender_name=email.sender_name,
        sender_email=email.sender_email,
        text=body.text,
        received_at=email.received_at,
        recipients=tuple(email.recipients),
        calendar=body.calendar,
        links=tuple(body.links),
        headers=HeaderFacts(
            list_unsubscribe=bool(facts.get("list_unsubscribe")),
            list_id=facts.get("list_id"),
            precedence=facts.get("precedence"),
            auto_submitted=facts.get("auto_submitted"),
            reply_to=facts.get("reply_to"),
            is_reply=bool(email.in_reply_to or email.references),
        ),
    )


def _told(
    session: ReadSession, user_id: int, w: Waiting, classes: dict[int, EmailClass], words: Words
) -> tuple[EmailValue, ThreadContext]:
    """What classification is told: the mail, its conversation, and the user's word."""
    value, context = _value(w), _context(session, user_id, w, classes)
    said = words.about(w.email.id, value)
    return value, replace(context, said=said) if said else context


def _context(session: ReadSession, user_id: int, w: Waiting, classes: dict[int, EmailClass]) -> ThreadContext:
    """What was said before in the conversation. Mail that starts one costs no query."""
    email = w.email
    threads = [t for _, t in repository.threads_of(session, user_id, [email.id]).get(email.id, [])]
    references = [*email.references, *([email.in_reply_to] if email.in_reply_to else [])]
    if not threads and not references:
        return ThreadContext()
    mates = [m for m, _ in mail.thread_mates(session, user_id, threads, references) if _before(m, email)][
        -20:
    ]
    if not mates:
        return ThreadContext()
    known = repository.verdicts_of(session, user_id, [m.id for m in mates])
    own = [m for m in mates if m.direction == Direction.OUT]
    said = mail.last_own_text(session, user_id, own[-1].id) if own else None
    return ThreadContext(
        previous_classes=tuple(c for m in mates if (c := classes.get(m.id) or _class_of(known.get(m.id)))),
        previous_directions=tuple(Direction(m.direction) for m in mates),
        own_last_sentence=said.strip().splitlines()[-1][:300] if said and said.strip() else None,
    )


def _before(mate: Email, email: Email) -> bool:
    return mate.id != email.id and mate.received_at <= email.received_at


def _class_of(verdict: VerdictRow | None) -> EmailClass | None:
    return EmailClass(verdict.email_class) if verdict and verdict.email_class else None


def _row(user_id: int, w: Waiting, verdict: Verdict | None, threshold: float) -> VerdictRow:
    values = values_of(w, verdict, threshold) if verdict is not None else _values_without(w)
    return VerdictRow(email_id=w.email.id, user_id=user_id, classified_at=now(), link_pending=True, **values)


def _values_without(w: Waiting) -> dict[str, Any]:
    own = w.email.direction == Direction.OUT
    return {
        "classified_by": "own mail" if own else "none",
        "needs_review": not own,
        "review_reason": None if own else "failed",
        "error": None if own else "This mail could not be read by the classifier.",
        "pipeline_version": PIPELINE_VERSION,
    }


def values_of(w: Waiting, verdict: Verdict, threshold: float) -> dict[str, Any]:
    """The columns of a verdict's row that tell what was decided, as JSON values."""
    doubtful = verdict.confidence < threshold and verdict.email_class not in repository.UNLINKABLE
    review = verdict.needs_review or verdict.unsure or doubtful
    return {
        **told(verdict),
        "confidence": float(verdict.confidence),
        "runner_ups": [
            {"email_class": r.email_class.value, "probability": float(r.probability)}
            for r in verdict.runner_ups
        ],
        "classified_by": verdict.classified_by,
        "reasoning": list(verdict.reasoning),
        "evidence": [_evidence(w, e) for e in verdict.evidence],
        "application_stage": verdict.application_stage,
        "requires_action": verdict.requires_action,
        "needs_review": review,
        "review_reason": ("unsure" if verdict.unsure else "low_confidence") if review else None,
        "pipeline_version": verdict.pipeline_version,
        "model_missed": LEFT_TO_LOCAL in verdict.warnings,
    }


def told(verdict: Verdict) -> dict[str, Any]:
    """The part of them that a person sees the effect of."""
    return {
        "email_class": verdict.email_class.value,
        "entities": _plain(asdict(verdict.entities)),
        "action_items": [_plain(asdict(item)) for item in verdict.action_items],
        "unsure": verdict.unsure,
    }


def _evidence(w: Waiting, evidence: Evidence) -> dict[str, Any]:
    """A span with its words, so that lists and histories need no body."""
    fields = {EvidenceField.SUBJECT: w.email.subject, EvidenceField.TEXT: w.body.text}
    quote = fields.get(evidence.field, "")[evidence.start : evidence.end]
    return {
        "label": evidence.label,
        "field": evidence.field.value,
        "start": evidence.start,
        "end": evidence.end,
        "quote": quote[:QUOTE_CHARS],
    }


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    """JSON values: moments as ISO 8601."""
    plain: dict[str, Any] = {}
    for key, value in values.items():
        if isinstance(value, datetime):
            plain[key] = value.isoformat()
        elif isinstance(value, dict):
            plain[key] = _plain(value)
        else:
            plain[key] = value
    return plain
