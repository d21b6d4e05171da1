"""What follows from an application's mail and dates: who is to act, whether it went quiet, its source."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from app.applications.models import Source
from app.applications.values import DEFAULT_STALE_DAYS
from app.companies import service as companies

STALE_DAYS = DEFAULT_STALE_DAYS
OPEN_STAGES = frozenset({"applied", "assessment", "interview", "offer"})
_BOARDS = {"linkedin": Source.LINKEDIN, "indeed": Source.INDEED}
_REFERRED = ("you were referred", "referral from", "employee referral", "referred you")


@dataclass(frozen=True, slots=True)
class OpenItem:
    """An action item as far as the order of work needs it."""

    item_id: int
    kind: str
    title: str
    due_at: datetime | None = None
    done: bool = False


@dataclass(frozen=True, slots=True)
class SourceHint:
    """What one incoming mail of an application says about where it came from."""

    at: datetime
    sender_email: str
    sender_name: str
    subject: str
    email_class: str | None


def waiting_on(stage: str, open_items: int, last_direction: str | None) -> Literal["me", "them"] | None:
    """Whose move it is; None when nobody is known to owe one, or when it is over."""
    if stage not in OPEN_STAGES:
        return None
    if open_items > 0:
        return "me"
    return "them" if last_direction == "out" else None


def is_stale(last_activity_at: datetime, now: datetime, days: int = STALE_DAYS) -> bool:
    """Whether nothing was heard for longer than `days`."""
    return now - last_activity_at > timedelta(days=days)


def next_action(items: Iterable[OpenItem]) -> OpenItem | None:
    """The open item that is due first; those without a date come last, the older first."""
    waiting = [item for item in items if not item.done]
    dated = [item for item in waiting if item.due_at is not None]
    if dated:
        return min(dated, key=lambda item: (item.due_at, item.item_id))
    return min(waiting, key=lambda item: item.item_id, default=None)


def source_from(mails: Sequence[SourceHint], company_key: str = "") -> Source:
    """Where the application came from, as its incoming mail shows; `unknown` when it doesn't.

    A board that reports the application outweighs the employer's own confirmation, which follows it. An
    employer's own recruiter who wrote first is `other`, anybody else's is `agency`.
    """
    ordered = sorted(mails, key=lambda mail: (mail.at, mail.sender_email))
    if any(words in mail.subject.lower() for mail in ordered for words in _REFERRED):
        return Source.REFERRAL
    facts = [companies.sender_facts(mail.sender_email, mail.sender_name) for mail in ordered]
    if ordered and ordered[0].email_class == "RECRUITER_OUTREACH":
        return _pitched_by(ordered[0], company_key)
    confirmed = [
        fact for mail, fact in zip(ordered, facts, strict=True) if mail.email_class == "APPLICATION_RECEIVED"
    ]
    for fact in confirmed:
        if fact.relay in _BOARDS:
            return _BOARDS[fact.relay]
        if fact.kind == companies.SenderKind.JOB_BOARD:
            return Source.BOARD
    if any(fact.kind == companies.SenderKind.RECRUITER for fact in facts[:1]):
        return Source.AGENCY
    direct = {companies.SenderKind.ATS, companies.SenderKind.OWN_DOMAIN}
    return Source.COMPANY_SITE if any(fact.kind in direct for fact in confirmed) else Source.UNKNOWN


def _pitched_by(mail: SourceHint, company_key: str) -> Source:
    fact = companies.sender_facts(mail.sender_email, mail.sender_name)
    if fact.relay in _BOARDS:
        return _BOARDS[fact.relay]
    domain = companies.employer_domain(mail.sender_email)
    label = (domain or "").partition(".")[0].replace("-", "")
    joined = company_key.replace(" ", "")
    own = bool(label and joined) and (label.startswith(joined) or joined.startswith(label))
    return Source.OTHER if own else Source.AGENCY
