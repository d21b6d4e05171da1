"""What applications are computed from, read for several at once: their mail, the words about them, their parts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from app.applications import repository as applications
from app.applications.keeping import repository as keeping
from app.applications.models import ActionItem, Contact, Decision, DecisionKind, Interview, Reminder
from app.core.db import ReadSession
from app.correlation import repository as correlation
from app.intake import repository
from app.intake.linked import LinkedMail
from app.intake.models import SearchEntry
from app.mail import repository as mail

Part = TypeVar("Part", ActionItem, Interview)


@dataclass(frozen=True, slots=True)
class Gathered:
    """By application id. `about_mail` are the user's words about its emails; `items` and `interviews` the rows that
    stand with it or came from its mail, `merged_items` those that wait at applications merged into it."""

    mails: Mapping[int, list[LinkedMail]]
    decisions: Mapping[int, list[Decision]]
    about_mail: Mapping[int, list[Decision]]
    items: Mapping[int, list[ActionItem]]
    merged_items: Mapping[int, list[ActionItem]]
    interviews: Mapping[int, list[Interview]]
    people: Mapping[int, list[Contact]]
    reminders: Mapping[int, list[Reminder]]
    search_entries: Mapping[int, SearchEntry]


def gather(session: ReadSession, user_id: int, ids: Sequence[int]) -> Gathered:
    """Everything that these applications are computed from."""
    mails = read_mail(session, user_id, ids)
    homes = keeping.with_merged_of(session, user_id, ids)
    everywhere = sorted({home for each in homes.values() for home in each})
    home_of_mail = {one.email.id: i for i, linked in mails.items() for one in linked}
    email_ids = list(home_of_mail)
    items = _by_owner(applications.action_items_of(session, user_id, everywhere, email_ids), home_of_mail)
    spoken = applications.email_decisions(
        session, user_id, (DecisionKind.INTERVIEW, DecisionKind.ACTION), email_ids
    )
    about_mail: dict[int, list[Decision]] = {i: [] for i in ids}
    for one in spoken:
        about_mail[home_of_mail[one.email_id or 0]].append(one)
    interviews = _by_owner(applications.interviews_of(session, user_id, ids, email_ids), home_of_mail)
    people: dict[int, list[Contact]] = {i: [] for i in ids}
    for contact in keeping.people(session, user_id, ids):
        people[contact.application_id].append(contact)
    reminders: dict[int, list[Reminder]] = defaultdict(list)
    for reminder in keeping.reminders(session, user_id, everywhere):
        reminders[reminder.application_id].append(reminder)
    return Gathered(
        mails={i: mails.get(i, []) for i in ids},
        decisions=read_decisions(session, user_id, homes),
        about_mail=about_mail,
        items={i: items.get(i, []) for i in ids},
        merged_items={i: [row for home in homes[i][1:] for row in items.get(home, ())] for i in ids},
        interviews={i: interviews.get(i, []) for i in ids},
        people=people,
        reminders={i: [row for home in homes[i] for row in reminders.get(home, ())] for i in ids},
        search_entries=repository.search_entries_of(session, user_id, "application", ids),
    )


def read_mail(session: ReadSession, user_id: int, ids: Collection[int]) -> dict[int, list[LinkedMail]]:
    """The emails of these applications by application, oldest first."""
    links = {link.email_id: link for link in correlation.emails_of_applications(session, user_id, ids)}
    verdicts = repository.verdicts_of(session, user_id, list(links))
    found: dict[int, list[LinkedMail]] = {}
    for email in mail.emails_by_id(session, user_id, list(links)):
        if (verdict := verdicts.get(email.id)) is not None:
            link = links[email.id]
            found.setdefault(link.application_id, []).append(LinkedMail(email, verdict, link))
    for linked in found.values():
        linked.sort(key=lambda one: (one.email.received_at, one.email.id))
    return found


def read_decisions(
    session: ReadSession, user_id: int, homes: Mapping[int, Sequence[int]]
) -> dict[int, list[Decision]]:
    """Active decisions about each application and those that were merged into it (`homes`), oldest first."""
    by_home: dict[int, list[Decision]] = defaultdict(list)
    everywhere = {home for each in homes.values() for home in each}
    for decision in applications.active_decisions(session, user_id, everywhere):
        by_home[decision.application_id or 0].append(decision)
    return {
        i: sorted((d for home in each for d in by_home.get(home, ())), key=lambda d: d.id)
        for i, each in homes.items()
    }


def _by_owner(rows: Iterable[Part], home_of_mail: Mapping[int, int]) -> dict[int, list[Part]]:
    """A row goes with its mail; one whose mail is of none of these applications stays where it stands."""
    found: dict[int, list[Part]] = defaultdict(list)
    for row in rows:
        found[home_of_mail.get(row.email_id or 0, row.application_id)].append(row)
    return found
