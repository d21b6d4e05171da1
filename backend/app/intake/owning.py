"""Which application a group of mail keeps: ids are stable, whatever the mail is divided into."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.applications import repository as applications
from app.applications.decided import repository as decided
from app.applications.models import Application
from app.companies import service as companies
from app.core.db import ReadSession
from app.correlation import repository as correlation
from app.correlation.models import Link
from app.correlation.values import Group, MailFacts
from app.intake import standing
from app.intake.components import Component
from app.intake.words import Home
from app.mail import repository as mail

SAME_TITLE = 0.8
Moment = tuple[datetime, int]


@dataclass(frozen=True, slots=True)
class Divided:
    """A component's groups, and the links that its mail has so far."""

    component: Component
    groups: Sequence[Group]
    existing: Mapping[int, Link]


def find_owners(session: ReadSession, user_id: int, some: Sequence[Divided]) -> list[list[int | None]]:
    """Each group keeps the application that the user named for it, else the one that owns its earliest mail, else
    one made by hand that waits for its mail; None for a group of new mail. No application is given twice."""
    held = Counter(link.application_id for one in some for link in one.existing.values())
    named_homes = {home.application_id for one in some for home in one.component.words.homes}
    known = applications.load_many(session, user_id, held.keys() | named_homes)
    taken: set[int] = set()
    owners = [_named_owners(one, known, taken) for one in some]
    counts = correlation.count_links(session, held)
    for one, mine in zip(some, owners, strict=True):
        _keep_their_own(session, user_id, one, known, counts, mine, taken)
    _take_made_by_hand(session, user_id, some, owners, taken)
    return owners


def _named_owners(one: Divided, known: Mapping[int, Application], taken: set[int]) -> list[int | None]:
    """What the user named, the newest word first."""
    owners: list[int | None] = [None] * len(one.groups)
    homes = one.component.words.homes
    if not homes:
        return owners
    named = [_named(group, homes, known) for group in one.groups]
    for i in sorted(range(len(named)), key=lambda i: (-named[i][0], i)):
        if (home := named[i][1]) is not None and home not in taken:
            owners[i] = home
            taken.add(home)
    return owners


def _named(group: Group, homes: Sequence[Home], known: Mapping[int, Application]) -> tuple[int, int | None]:
    """(how new the word is, the application) that the user named for this group; of two, the newer."""
    hits = [
        (place, home.application_id)
        for place, home in enumerate(homes)
        if home.application_id in known and not home.emails.isdisjoint(group.email_ids)
    ]
    return max(hits) if hits else (-1, None)


def _keep_their_own(
    session: ReadSession,
    user_id: int,
    one: Divided,
    known: Mapping[int, Application],
    counts: Mapping[int, int],
    owners: list[int | None],
    taken: set[int],
) -> None:
    """By the earliest mail that has one. Mail that the user moved brings its old application along only when nothing
    that stayed there keeps it."""
    facts = {mail.email_id: mail for mail in one.component.mails}
    elsewhere = _begun_elsewhere(session, user_id, one.existing, counts)
    moved = one.component.words.constraints.linked.keys()
    for passed_over in (moved, frozenset[int]()):
        for i, group in enumerate(one.groups):
            for email_id in group.email_ids if owners[i] is None else ():
                if email_id not in one.existing or email_id in passed_over:
                    continue
                claim = one.existing[email_id].application_id
                first = elsewhere.get(claim)
                late = first is not None and first < (facts[email_id].received_at, email_id)
                if claim in known and claim not in taken and not late:
                    owners[i] = claim
                    taken.add(claim)
                    break


def _begun_elsewhere(
    session: ReadSession, user_id: int, existing: Mapping[int, Link], counts: Mapping[int, int]
) -> dict[int, Moment]:
    """By application that also holds mail of other components: the earliest of that."""
    held = Counter(link.application_id for link in existing.values())
    found: dict[int, Moment] = {}
    for application_id, count in held.items():
        if counts.get(application_id, 0) > count:
            links = correlation.emails_of_application(session, user_id, application_id)
            foreign = [link.email_id for link in links if link.email_id not in existing]
            found[application_id] = min(
                (e.received_at, e.id) for e in mail.emails_by_id(session, user_id, foreign)
            )
    return found


def _take_made_by_hand(
    session: ReadSession,
    user_id: int,
    some: Sequence[Divided],
    owners: Sequence[list[int | None]],
    taken: set[int],
) -> None:
    """The only application that the user made for this company and title and that has no mail yet."""
    wanted: list[tuple[list[int | None], int, str, str]] = []
    for one, mine in zip(some, owners, strict=True):
        facts = {mail.email_id: mail for mail in one.component.mails}
        for i, group in enumerate(one.groups):
            if mine[i] is None and (names := _names([facts[e] for e in group.email_ids])):
                wanted.append((mine, i, *names))
    waiting = _made_by_hand(session, user_id, {key for _, _, key, _ in wanted}) if wanted else {}
    for mine, i, company_key, title_key in wanted:
        fitting = [
            one.id
            for one in waiting.get(company_key, ())
            if one.id not in taken and _same_title(title_key, one.title_key)
        ]
        if len(fitting) == 1:
            mine[i] = fitting[0]
            taken.add(fitting[0])


def _names(mails: Sequence[MailFacts]) -> tuple[str, str] | None:
    """(company key, title key) as the mail first states them; None when it names no company."""
    company = next((m.company_key for m in mails if m.company_key), None)
    if company is None:
        return None
    return company, next((m.title_key for m in mails if m.title_key), "")


def _same_title(a_key: str, b_key: str) -> bool:
    return not a_key or not b_key or companies.title_similarity(a_key, b_key) >= SAME_TITLE


def _made_by_hand(
    session: ReadSession, user_id: int, company_keys: Collection[str]
) -> dict[str, list[Application]]:
    found: dict[str, list[Application]] = {}
    for one in decided.without_mail(session, user_id, company_keys):
        if standing.is_made_by_hand(session, one):
            found.setdefault(one.company_key, []).append(one)
    return found
