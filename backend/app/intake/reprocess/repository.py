"""Queries over mail to be read again and over verdicts that are kept aside; all scoped to their owner."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVarTuple

from sqlalchemy import ColumnElement, Select, and_, case, delete, func, not_, or_, select, update

from app.core.db import ReadSession, WriteSession
from app.correlation.models import Link
from app.intake.models import Proposal, VerdictRow
from app.intake.repository import UNLINKABLE
from app.mail.models import Email, EmailBody

_AT_ONCE = 500
Columns = TypeVarTuple("Columns")


@dataclass(frozen=True, slots=True)
class Selection:
    """Which incoming mail is meant; what is None or false narrows nothing.

    `versions` are pipeline versions of which the verdict must be. `missed`: a language model was to be asked and
    gave no answer.
    """

    application_id: int | None = None
    email_class: str | None = None
    below_confidence: float | None = None
    versions: tuple[str, ...] | None = None
    since: datetime | None = None
    missed: bool = False


@dataclass(frozen=True, slots=True)
class Judged:
    """One email with its body and the verdict it has."""

    email: Email
    body: EmailBody
    verdict: VerdictRow


@dataclass(frozen=True, slots=True)
class Doubts:
    """When a language model is asked: the mode, and the thresholds of review and of the local model."""

    mode: str
    review_below: float
    ask_below: float


def versions(session: ReadSession, user_id: int) -> Sequence[str]:
    """The pipeline versions by which the user's incoming mail was looked at last."""
    query = _selected(select(_looked_at_by()), user_id, Selection())
    return session.scalars(query.distinct()).all()


def page(
    session: ReadSession, user_id: int, wanted: Selection, after: tuple[datetime, int] | None, limit: int
) -> list[Judged]:
    """Mail to be read again, oldest first, so that a conversation is read in its order."""
    query = _selected(select(Email, EmailBody, VerdictRow), user_id, wanted).join(
        EmailBody, EmailBody.email_id == Email.id
    )
    if after is not None:
        at, last = after
        query = query.where(or_(Email.received_at > at, and_(Email.received_at == at, Email.id > last)))
    rows = session.execute(query.order_by(Email.received_at, Email.id).limit(limit)).all()
    return [Judged(row[0], row[1], row[2]) for row in rows]


def count_by_class(
    session: ReadSession, user_id: int, wanted: Selection | None = None
) -> dict[str | None, int]:
    """How many there are of each class; None for mail that could not be read."""
    query = _selected(select(VerdictRow.email_class, func.count()), user_id, wanted or Selection())
    return {row[0]: row[1] for row in session.execute(query.group_by(VerdictRow.email_class)).all()}


def count_dropped(session: ReadSession, user_id: int, wanted: Selection) -> int:
    """Of how many the text is no longer here."""
    query = _selected(select(func.count()), user_id, wanted).join(EmailBody, EmailBody.email_id == Email.id)
    return session.scalar(query.where(EmailBody.is_cut.is_(True), EmailBody.text == "")) or 0


def count_to_ask(
    session: ReadSession, user_id: int, wanted: Selection, doubts: Doubts, chars: int
) -> tuple[int, int]:
    """Of how many a language model would be asked, as far as their verdicts tell, and how many characters of theirs
    it would read, counting at most `chars` of each."""
    length = func.length(EmailBody.text)
    read = func.coalesce(func.sum(case((length > chars, chars), else_=length)), 0)
    query = _selected(select(func.count(), read), user_id, wanted).join(
        EmailBody, EmailBody.email_id == Email.id
    )
    row = session.execute(query.where(*_to_ask(doubts))).one()
    return int(row[0]), int(row[1])


def _to_ask(doubts: Doubts) -> list[ColumnElement[bool]]:
    """What `classification` decides mail by mail, said about stored verdicts."""
    nobody_spoke = and_(VerdictRow.classified_by != "user", VerdictRow.classified_by.not_like("learned:%"))
    doubtful = or_(VerdictRow.unsure.is_(True), VerdictRow.needs_review.is_(True))
    if doubts.mode == "llm_all":
        return [nobody_spoke]
    surely_other = and_(
        VerdictRow.email_class.in_(UNLINKABLE), VerdictRow.confidence >= doubts.review_below, not_(doubtful)
    )
    if doubts.mode == "hybrid":
        by_model = VerdictRow.classified_by.like("llm:%")
        return [
            nobody_spoke,
            not_(surely_other),
            or_(doubtful, VerdictRow.confidence < doubts.ask_below, by_model),
        ]
    return [nobody_spoke, not_(surely_other)]


def count_older(session: ReadSession, user_id: int, current: str) -> int:
    """Mail with a verdict that this pipeline neither made nor looked at, proposals that wait left out."""
    proposed = select(Proposal.email_id).where(Proposal.user_id == user_id)
    query = _selected(select(func.count()), user_id, Selection()).where(
        _looked_at_by() != current, VerdictRow.email_id.not_in(proposed), VerdictRow.classified_by != "user"
    )
    return session.scalar(query) or 0


def count_missed(session: ReadSession, user_id: int) -> int:
    """Mail about which a language model was to be asked and gave no answer."""
    return session.scalar(_selected(select(func.count()), user_id, Selection(missed=True))) or 0


def note_checked(session: WriteSession, user_id: int, email_ids: Collection[int], version: str) -> None:
    """This pipeline looked at the mail; its verdict stays as it was."""
    session.execute(
        update(VerdictRow)
        .where(VerdictRow.user_id == user_id, VerdictRow.email_id.in_(email_ids))
        .values(checked_version=version)
        .execution_options(synchronize_session=False)
    )


def note_missed(session: WriteSession, user_id: int, email_id: int, *, missed: bool) -> None:
    """Whether a language model was to be asked about this mail and gave no answer."""
    session.execute(
        update(VerdictRow)
        .where(VerdictRow.user_id == user_id, VerdictRow.email_id == email_id)
        .values(model_missed=missed)
        .execution_options(synchronize_session=False)
    )


def forget_proposals(session: WriteSession, user_id: int, email_ids: Collection[int] | None = None) -> None:
    """Throw away verdicts that were kept aside: those for these emails, or all."""
    mine = delete(Proposal).where(Proposal.user_id == user_id)
    if email_ids is None:
        session.execute(mine)
        return
    ids = sorted(email_ids)
    for start in range(0, len(ids), _AT_ONCE):
        session.execute(mine.where(Proposal.email_id.in_(ids[start : start + _AT_ONCE])))


def proposed_classes(session: ReadSession, user_id: int) -> Mapping[int, str]:
    """The class that each kept-aside verdict would give its mail."""
    rows = session.execute(
        select(Proposal.email_id, Proposal.email_class).where(Proposal.user_id == user_id)
    ).all()
    return {row[0]: row[1] for row in rows}


def proposed_among(session: ReadSession, user_id: int, email_ids: Collection[int]) -> set[int]:
    """Those of these emails for which a change is proposed."""
    found: set[int] = set()
    ids = sorted(email_ids)
    for start in range(0, len(ids), _AT_ONCE):
        found.update(
            session.scalars(
                select(Proposal.email_id).where(
                    Proposal.user_id == user_id, Proposal.email_id.in_(ids[start : start + _AT_ONCE])
                )
            )
        )
    return found


def count_proposals(session: ReadSession, user_id: int) -> int:
    return session.scalar(select(func.count()).select_from(Proposal).where(Proposal.user_id == user_id)) or 0


def proposals(
    session: ReadSession, user_id: int, offset: int, limit: int, email_ids: Collection[int] | None = None
) -> Sequence[tuple[Email, VerdictRow, Proposal]]:
    """Kept-aside verdicts with their mail and the verdict it has, newest mail first."""
    query = _proposals(select(Email, VerdictRow, Proposal), user_id)
    if email_ids is not None:
        query = query.where(Proposal.email_id.in_(email_ids))
    rows = session.execute(
        query.order_by(Email.received_at.desc(), Email.id.desc()).offset(offset).limit(limit)
    ).all()
    return [(row[0], row[1], row[2]) for row in rows]


def moves(session: ReadSession, user_id: int) -> Sequence[tuple[str | None, str, int]]:
    """(class now, class proposed, how many) over all that is kept aside."""
    query = _proposals(select(VerdictRow.email_class, Proposal.email_class, func.count()), user_id)
    rows = session.execute(query.group_by(VerdictRow.email_class, Proposal.email_class)).all()
    return [(row[0], row[1], row[2]) for row in rows]


def _proposals(query: Select[*Columns], user_id: int) -> Select[*Columns]:
    return (
        query.select_from(Proposal)
        .join(Email, Email.id == Proposal.email_id)
        .join(VerdictRow, VerdictRow.email_id == Proposal.email_id)
        .where(Proposal.user_id == user_id)
    )


def _selected(query: Select[*Columns], user_id: int, wanted: Selection) -> Select[*Columns]:
    query = query.select_from(VerdictRow).join(Email, Email.id == VerdictRow.email_id)
    if wanted.application_id is not None:
        query = query.join(Link, Link.email_id == Email.id)
    return query.where(*_conditions(user_id, wanted))


def _conditions(user_id: int, wanted: Selection) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [VerdictRow.user_id == user_id, Email.direction == "in"]
    if wanted.application_id is not None:
        found.append(Link.application_id == wanted.application_id)
    if wanted.email_class is not None:
        found.append(VerdictRow.email_class == wanted.email_class)
    if wanted.below_confidence is not None:
        found.append(VerdictRow.confidence < wanted.below_confidence)
    if wanted.versions is not None:
        found.append(_looked_at_by().in_(wanted.versions))
    if wanted.since is not None:
        found.append(Email.received_at >= wanted.since)
    if wanted.missed:
        found.append(VerdictRow.model_missed.is_(True))
    return found


def _looked_at_by() -> ColumnElement[str]:
    return func.coalesce(VerdictRow.checked_version, VerdictRow.pipeline_version)
