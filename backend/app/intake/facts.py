"""From rows to the values that linking reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.companies import service as companies
from app.correlation.keys import linking_domain
from app.correlation.mentions import mentioned_names
from app.correlation.values import MailFacts
from app.intake.models import VerdictRow
from app.mail.identity import identity_hash
from app.mail.models import Email

_AUTOMATIC = frozenset(
    {"noreply", "no-reply", "donotreply", "do-not-reply", "notifications", "notification", "careers"}
)


def mail_facts(
    email: Email, verdict: VerdictRow, threads: Sequence[tuple[int, str]], aliases: Mapping[str, str]
) -> MailFacts:
    """What linking reads of one judged email; `aliases` are the names that the user taught, and what they mean."""
    entities = verdict.entities
    company, title = entities.get("company_name"), entities.get("job_title")
    company_key = companies.company_key(company) if company else ""
    outgoing = email.direction == "out"
    other_side = (email.recipients[0] if email.recipients else "") if outgoing else email.sender_email
    return MailFacts(
        email_id=email.id,
        identity=identity_hash(email),
        received_at=email.received_at,
        direction="out" if outgoing else "in",
        message_id=email.rfc822_message_id,
        references=tuple(dict.fromkeys(r for r in (*email.references, email.in_reply_to) if r)),
        threads=tuple(f"{account_id}:{thread_id}" for account_id, thread_id in threads),
        email_class=verdict.email_class,
        unsure=verdict.unsure,
        company_name=company,
        company_key=aliases.get(company_key, company_key),
        title=title,
        title_key=companies.title_key(title) if title else "",
        sender_domain=linking_domain(other_side) if other_side else None,
        identifiers=identifiers_of(entities.get("requisition_id"), entities.get("job_url")),
        sender_email="" if is_automatic(email.sender_email) else email.sender_email,
        confidence=verdict.confidence,
        subject=email.subject,
        mentions=()
        if company
        else tuple(aliases.get(name, name) for name in mentioned_names(email.subject, email.sender_name)),
    )


def identifiers_of(requisition: str | None, url: str | None) -> tuple[str, ...]:
    """The numbers and addresses of the job that a mail states, normalised."""
    found = []
    if requisition:
        found.append(f"req:{str(requisition).lower()}")
    if url:
        reference = companies.job_reference(url)
        if reference and reference.job_id:
            found.append(f"ats:{reference.ats}:{reference.tenant}:{reference.job_id}")
        canonical = companies.canonical_job_url(url)
        if canonical:
            found.append(f"url:{canonical}"[:290])
    return tuple(found)


def is_automatic(address: str) -> bool:
    """Whether the address is a machine's: that two mails share it says nothing."""
    local = address.partition("@")[0]
    return any(word in local for word in _AUTOMATIC)
