"""The people of an application, out of the mails they wrote; what the user says about them stays."""

from __future__ import annotations

from collections.abc import Sequence

from app.applications.models import Application, Contact
from app.core.db import WriteSession
from app.intake.linked import LinkedMail

_AUTOMATIC = (
    "noreply",
    "no-reply",
    "no_reply",
    "donotreply",
    "do-not-reply",
    "notification",
    "autoreply",
    "mailer",
)
# What people call themselves where they sign with their name, most telling first.
_ROLES = (
    ("hiring manager", "Hiring manager"),
    ("talent acquisition", "Recruiter"),
    ("recruit", "Recruiter"),
    ("sourcer", "Recruiter"),
    ("people partner", "HR"),
    ("people & culture", "HR"),
    ("human resources", "HR"),
    ("headhunt", "Agency"),
)


def put_people(
    session: WriteSession, application: Application, mails: Sequence[LinkedMail], known: Sequence[Contact]
) -> None:
    """Bring the people whom mail tells of up to date: `known` are those there are. Ids stay; whom the user spoke
    about stays as they said."""
    by_address = {one.email.lower(): one for one in known if one.email}
    met = people_in(mails)
    for address, (name, role) in met.items():
        contact = by_address.get(address)
        if contact is None:
            contact = Contact(
                user_id=application.user_id,
                application_id=application.id,
                name=name,
                email=address,
                role=role,
                said={},
            )
            session.add(contact)
        else:
            contact.name = contact.said.get("name", name)
            contact.role = contact.said.get("role", role)
    for one in known:
        spoken_of = one.by_user or one.said or one.hidden_at is not None
        if not spoken_of and (one.email or "").lower() not in met:
            session.delete(one)


def people_in(mails: Sequence[LinkedMail]) -> dict[str, tuple[str, str | None]]:
    """(name, role) by address, in order of their first mail. A role is what the sender calls themselves beside
    their name ("Ana Sample, Talent Acquisition"); most don't, and have none."""
    found: dict[str, tuple[str, str | None]] = {}
    for one in mails:
        address, name = one.email.sender_email.lower()[:320], one.email.sender_name.strip()
        local = address.partition("@")[0]
        if one.email.direction == "out" or not name or any(word in local for word in _AUTOMATIC):
            continue
        if address and " " in name and "@" not in name:
            known = found.get(address)
            role = _role(name)
            found[address] = (known[0], known[1] or role) if known else (name[:200], role)
    return found


def _role(name: str) -> str | None:
    lowered = name.lower()
    return next((role for words, role in _ROLES if words in lowered), None)
