"""Starting to read mail again, what that would take, and what a person says about the changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from app.applications import service as applications
from app.classification import service as classification
from app.classification.version import PIPELINE_VERSION
from app.core.db import ReadSession, WriteSession
from app.intake.models import Proposal, VerdictRow
from app.intake.reprocess import effects, repository
from app.intake.reprocess.effects import Effect
from app.intake.reprocess.errors import NothingProposed, NotProposed
from app.intake.reprocess.repository import Selection
from app.intake.reprocess.tallies import NO_CLASS
from app.llm import service as llm
from app.mail.models import Email
from app.runs import service as runs
from app.runs.models import Run, RunKind

KEY = "reprocess"
LETTER_CHARS = 3_000  # of one mail that a language model is shown at most


@dataclass(frozen=True, slots=True)
class Wish:
    """Which mail to read again, as a person says it; `preview` None means: when another pipeline made verdicts."""

    application_id: int | None = None
    email_class: str | None = None
    below_confidence: float | None = None
    older_than_version: str | None = None
    since: datetime | None = None
    missed: bool = False
    preview: bool | None = None


@dataclass(frozen=True, slots=True)
class Estimate:
    """What reading again would take: mails, those by class, those without text, model calls and USD at most."""

    count: int
    by_class: dict[str, int]
    dropped: int
    calls: int
    cost: float | None


@dataclass(frozen=True, slots=True)
class Change:
    """One kept-aside verdict, beside the one that the mail has, and what it would do to an application."""

    email: Email
    verdict: VerdictRow
    proposal: Proposal
    effect: Effect


@dataclass(frozen=True, slots=True)
class Preview:
    """A page of changes; tables count all incoming mail by class now and if all were taken."""

    changes: list[Change]
    total: int
    looked_at: int | None
    run: Run | None
    before: dict[str, int] = field(default_factory=dict)
    after: dict[str, int] = field(default_factory=dict)
    outdated: int = 0
    missed: int = 0


def start(session: WriteSession, user_id: int, wish: Wish) -> Run:
    """Queue a run that reads the mail again. Raises RunAlreadyActive, ApplicationNotFound."""
    wanted = _selection(session, user_id, wish)
    preview = wish.preview if wish.preview is not None else _is_upgrade(session, user_id)
    selection = {name: value for name, value in asdict(wanted).items() if value not in (None, False)}
    if wanted.since is not None:
        selection["since"] = wanted.since.isoformat()
    params = {"selection": selection, "preview": preview}
    return runs.create(session, user_id=user_id, kind=RunKind.REPROCESS, params=params, dedupe_key=KEY)


def estimate(session: ReadSession, user_id: int, wish: Wish) -> Estimate:
    """What it would take. Raises ApplicationNotFound."""
    wanted = _selection(session, user_id, wish)
    by_class = {
        name or NO_CLASS: n for name, n in repository.count_by_class(session, user_id, wanted).items()
    }
    settings = llm.settings_in_force()
    calls: int = 0
    cost: float | None = 0.0
    if classification.asks_model(settings) and not settings.offline:
        doubts = repository.Doubts(
            llm.effective_mode(settings),
            settings.review_confidence_threshold,
            settings.classification_local_confidence_threshold,
        )
        mails, chars = repository.count_to_ask(session, user_id, wanted, doubts, LETTER_CHARS)
        calls, cost = classification.estimate(settings, mails, chars)
    dropped = repository.count_dropped(session, user_id, wanted)
    return Estimate(sum(by_class.values()), by_class, dropped, calls, cost)


def newest(session: ReadSession, user_id: int) -> Run | None:
    """The newest run that read mail again or took proposals, if any."""
    return runs.newest_of(session, user_id, RunKind.REPROCESS)


def preview(session: ReadSession, user_id: int, offset: int, limit: int) -> Preview:
    """What would change, newest mail first."""
    rows = repository.proposals(session, user_id, offset, limit)
    found = effects.effects_of(session, user_id, rows)
    before = {name or NO_CLASS: n for name, n in repository.count_by_class(session, user_id).items()}
    after = dict(before)
    for now_class, then_class, n in repository.moves(session, user_id):
        after[now_class or NO_CLASS] = after.get(now_class or NO_CLASS, 0) - n
        after[then_class] = after.get(then_class, 0) + n
    run = newest(session, user_id)
    looked_at = run.result.get("looked_at") if run is not None and run.result.get("preview") else None
    return Preview(
        [Change(email, verdict, proposal, found[email.id]) for email, verdict, proposal in rows],
        repository.count_proposals(session, user_id),
        looked_at,
        run,
        before,
        {name: n for name, n in after.items() if n or before.get(name)},
        repository.count_older(session, user_id, PIPELINE_VERSION),
        repository.count_missed(session, user_id),
    )


def accept(session: WriteSession, user_id: int, email_ids: Sequence[int] | None) -> Run:
    """Queue a run that takes these kept-aside verdicts; None takes all. Raises RunAlreadyActive, NothingProposed,
    NotProposed."""
    _check_proposed(session, user_id, email_ids)
    params: dict[str, Any] = {"accept": None if email_ids is None else sorted(set(email_ids))}
    return runs.create(session, user_id=user_id, kind=RunKind.REPROCESS, params=params, dedupe_key=KEY)


def decline(session: WriteSession, user_id: int, email_ids: Sequence[int] | None) -> int:
    """Leave verdicts as they are, all or those of these emails; how many proposals are left. Raises
    RunAlreadyActive, NothingProposed, NotProposed."""
    runs.refuse_while_active(session, user_id, KEY)
    _check_proposed(session, user_id, email_ids)
    ids = list(repository.proposed_classes(session, user_id)) if email_ids is None else list(email_ids)
    repository.note_checked(session, user_id, ids, PIPELINE_VERSION)
    repository.forget_proposals(session, user_id, ids)
    return repository.count_proposals(session, user_id)


def _check_proposed(session: ReadSession, user_id: int, email_ids: Sequence[int] | None) -> None:
    if email_ids is None:
        if not repository.count_proposals(session, user_id):
            raise NothingProposed
        return
    if set(email_ids) - repository.proposed_among(session, user_id, email_ids):
        raise NotProposed


def _selection(session: ReadSession, user_id: int, wish: Wish) -> Selection:
    application_id = wish.application_id
    if application_id is not None:
        application_id = applications.get(session, user_id, application_id).id
    versions = None
    if wish.older_than_version is not None:
        least = _number(wish.older_than_version)
        versions = tuple(v for v in repository.versions(session, user_id) if _number(v) < least)
    return Selection(
        application_id, wish.email_class, wish.below_confidence, versions, wish.since, wish.missed
    )


def _is_upgrade(session: ReadSession, user_id: int) -> bool:
    """Whether another pipeline than this one made verdicts that still stand."""
    return repository.count_older(session, user_id, PIPELINE_VERSION) > 0


def _number(version: str) -> tuple[int, ...]:
    """Versions are numbers with dots; what is none comes before all."""
    parts = version.split(".")
    return tuple(int(p) for p in parts) if all(p.isdecimal() for p in parts) else ()
