"""Two names of one company, learned from what a person puts together; unlearned when they take it back."""

from __future__ import annotations

from collections.abc import Collection

from app.applications import repository as applications
from app.applications.decided import repository as decided
from app.applications.models import Application, DecisionKind, Source
from app.companies import service as companies
from app.core.db import ReadSession, WriteSession
from app.correlation import repository as correlation
from app.correlation.keys import SAME_COMPANY

_SAME_TITLE = 0.8
Named = tuple[str, str]


def names_of(application: Application) -> Named:
    """(company key, title key) of an application; nothing where an agency stands for many companies."""
    if application.source == Source.AGENCY:
        return "", ""
    return application.company_key, application.title_key


def lesson(kept: Named, other: Named) -> list[list[str]]:
    """What putting two together teaches: [[alias, company]], or nothing.

    The same job at two names is one company; two jobs that a person calls one may be at two companies all the same.
    A mail system's name stands for nobody.
    """
    (company, title), (alias, other_title) = kept, other
    if not (company and alias and title and other_title):
        return []
    if companies.is_provider_name(company) or companies.is_provider_name(alias):
        return []
    if companies.company_similarity(company, alias) >= SAME_COMPANY:
        return []
    return [[alias, company]] if companies.title_similarity(title, other_title) >= _SAME_TITLE else []


def learn(session: WriteSession, user_id: int) -> list[int]:
    """Bring the learned aliases in line with the decisions in force; answers with the emails that they make mean
    another company, to be linked anew."""
    session.flush()
    before, after = companies.known_aliases(session, user_id), _said(session, user_id)
    if before == after:
        return []
    companies.store_aliases(session, user_id, after)
    changed = set(before.items()) ^ set(after.items())
    return correlation.emails_naming(session, user_id, _concerned(changed, before, after))


def _said(session: ReadSession, user_id: int) -> dict[str, str]:
    """Alias to company, the newest word about a name first; an alias of an alias means what that one means."""
    spoken = [
        *decided.active(session, user_id, (DecisionKind.MERGE,)),
        *applications.email_decisions(session, user_id, (DecisionKind.LINK,)),
    ]
    said: dict[str, str] = {}
    for one in sorted(spoken, key=lambda d: d.id):
        for alias, named in one.payload.get("aliases", ()):
            company = said.get(named, named)  # what is said means no alias itself: see below
            if alias != company:
                said = {known: company if meant == alias else meant for known, meant in said.items()}
                said[alias] = company
    return said


def _concerned(changed: Collection[Named], *known: dict[str, str]) -> set[str]:
    names = {name for pair in changed for name in pair}
    return names | {aliases[name] for aliases in known for name in names if name in aliases}
