"""A person says that applications are one, or that one is two. Each is a decision; taking it back restores them."""

from __future__ import annotations

from collections.abc import Sequence

from app.applications import repository as applications
from app.applications import service as application_service
from app.applications.decided import repository as decided
from app.applications.errors import ApplicationNotFound, NothingLeft, NothingToMerge, NotItsMail
from app.applications.keeping import repository as keeping
from app.applications.keeping import service as keeping_service
from app.applications.models import Application, Decision, DecisionKind
from app.core.db import WriteSession
from app.correlation import repository as correlation
from app.correlation.partition import partition
from app.intake import aliases, linking, repository, search_index, standing, words
from app.intake.components import find_components
from app.intake.managing import locked


def merge(session: WriteSession, user_id: int, ids: Sequence[int]) -> tuple[Application, list[int]]:
    """Make one application of several; the first is the one that is kept, the others lead to it.

    Raises ApplicationNotFound, NothingToMerge.
    """
    found = _locked(session, user_id, ids)
    if any(one.deleted_at is not None for one in found.values()):
        raise ApplicationNotFound
    kept, *others = found.values()
    if not others:
        return kept, [_merged_already(session, user_id, kept, ids)]
    natural = _natural_groups(session, user_id, [*_mail_of(session, user_id, found)])
    mails = {one.id: _own_mail(session, user_id, one, natural) for one in found.values()}
    decision = application_service.decide(
        session,
        kept,
        DecisionKind.MERGE,
        {
            "ids": [one.id for one in others],
            "mails": {str(i): m for i, m in mails.items()},
            "aliases": [
                pair
                for one in others
                for pair in aliases.lesson(aliases.names_of(kept), aliases.names_of(one))
            ],
        },
    )
    for one in others:
        for tag in keeping.tags_of(session, user_id, [one.id]).get(one.id, []):
            keeping_service.put_tag(session, user_id, kept.id, tag.id, decision.id)
        sentence = f"You merged {_name(one)} into it"
        application_service.log_event(
            session, kept, "application_merged", sentence, cause="user", decision_id=decision.id
        )
        if not one.emails:
            one.merged_into = kept.id
            repository.forget_search_entries(session, user_id, "application", [one.id])
    _recompute(session, user_id, [i for ids_ in mails.values() for i in ids_], [kept.id])
    return kept, [decision.id]


def split(
    session: WriteSession, user_id: int, application_id: int, email_ids: Sequence[int]
) -> tuple[Application, Application, list[int]]:
    """Make an application of its own of some of an application's mail: (the old one, the new one, decisions).

    Raises ApplicationNotFound, NotItsMail, NothingLeft.
    """
    application = locked(session, user_id, application_id)
    linked = standing.linked_mail(session, user_id, application.id)
    ordered = [one.email.id for one in linked]
    chosen = [i for i in ordered if i in set(email_ids)]
    if len(chosen) < len(set(email_ids)):
        raise NotItsMail
    rest = [i for i in ordered if i not in set(chosen)]
    if not rest:
        raise NothingLeft
    natural = _natural_groups(session, user_id, ordered)
    fresh = standing.new_application(user_id)
    session.add(fresh)
    session.flush()
    parts = [[i for i in rest if i in group] for group in natural]
    lost = [i for i in rest if not any(i in group for group in natural)]
    decision = application_service.decide(
        session,
        application,
        DecisionKind.SPLIT,
        {"emails": chosen, "rest": [part for part in [*parts, lost] if part], "to": fresh.id},
    )
    many = "an email" if len(chosen) == 1 else f"{len(chosen)} emails"
    for one, sentence in (
        (application, f"You made {many} an application of their own"),
        (fresh, f"You split this off from {_name(application)}"),
    ):
        application_service.log_event(
            session, one, "application_split", sentence, cause="user", decision_id=decision.id
        )
    _recompute(session, user_id, ordered, [application.id, fresh.id])
    return application, fresh, [decision.id]


def say_not_same(session: WriteSession, user_id: int, ids: Sequence[int]) -> list[int]:
    """Two applications are not one: they are not offered as duplicates again, and mail does not join them.

    The second click says nothing new. Raises ApplicationNotFound, NothingToMerge.
    """
    found = _locked(session, user_id, ids)
    if len(found) != 2:
        raise NothingToMerge
    for known in decided.active(session, user_id, (DecisionKind.NOT_SAME,)):
        if set(map(int, known.payload["ids"])) == set(found):
            return [known.id]
    first, second = found.values()
    mails = {str(one.id): _mail_of(session, user_id, [one.id]) for one in (first, second)}
    decision = application_service.decide(
        session, first, DecisionKind.NOT_SAME, {"ids": [first.id, second.id], "mails": mails}
    )
    _recompute(session, user_id, [i for ids_ in mails.values() for i in ids_], [first.id, second.id])
    return [decision.id]


def undo(session: WriteSession, user_id: int, decision: Decision) -> int | None:
    """Recompute after a word about whole applications was taken back; the application that it was about."""
    touched = [decision.application_id or 0]
    if decision.kind == DecisionKind.MERGE:
        touched += _let_apart(session, user_id, decision)
    elif decision.kind == DecisionKind.SPLIT:
        for link in correlation.links_of(session, user_id, decision.payload["emails"]).values():
            if link.application_id == decision.payload["to"]:
                link.application_id = decision.application_id or 0
        touched.append(int(decision.payload["to"]))
    session.flush()
    mails = words.emails_of(decision)
    linked = _mail_of(session, user_id, touched)
    _recompute(session, user_id, [*mails, *linked], touched)
    if decision.kind == DecisionKind.SPLIT:
        _lead_back(session, user_id, decision)
    return decision.application_id


def _lead_back(session: WriteSession, user_id: int, decision: Decision) -> None:
    """What was split off leads to where its mail went."""
    fresh = applications.load_many(session, user_id, [int(decision.payload["to"])])
    for row in fresh.values():
        if row.merged_into is None and not correlation.count_links(session, [row.id]):
            row.merged_into = decision.application_id
            repository.forget_search_entries(session, user_id, "application", [row.id])


def _let_apart(session: WriteSession, user_id: int, decision: Decision) -> list[int]:
    """Give the applications that a merge took in their mail back, so that they are who they were."""
    keeping.remove_tags_of_decision(session, user_id, decision.id)
    ids = [int(i) for i in decision.payload["ids"]]
    rows = applications.load_many(session, user_id, ids)
    elsewhere = words.merged_by_word(session, user_id)
    kept = application_service.get(session, user_id, decision.application_id or 0).id
    for application_id, row in rows.items():
        row.merged_into = elsewhere.get(application_id)
        mails = decision.payload["mails"].get(str(application_id), [])
        for link in correlation.links_of(session, user_id, mails).values():
            if link.application_id in {decision.application_id, kept}:
                link.application_id = application_id
    return list(rows)


def go_home(session: WriteSession, user_id: int, email_id: int, application_id: int) -> None:
    """Give an email back to the application that it was taken from, if that is still there: so it keeps its id."""
    row = applications.load_many(session, user_id, [application_id]).get(application_id)
    link = correlation.links_of(session, user_id, [email_id]).get(email_id)
    if row is None or link is None or application_id in words.merged_by_word(session, user_id):
        return
    left = applications.load_many(session, user_id, [link.application_id]).get(link.application_id)
    row.merged_into = None
    link.application_id = application_id
    session.flush()
    if left is None or left is row:
        return
    if correlation.count_links(session, [left.id]) or standing.is_made_by_hand(session, left):
        standing.settle(session, user_id, left)
    else:
        left.merged_into = row.id
        repository.forget_search_entries(session, user_id, "application", [left.id])


def _recompute(
    session: WriteSession, user_id: int, email_ids: Sequence[int], application_ids: Sequence[int]
) -> None:
    email_ids = [*email_ids, *aliases.learn(session, user_id)]
    if email_ids:
        linking.relink(session, user_id, list(dict.fromkeys(email_ids)))
        session.flush()
    for application in applications.load_many(session, user_id, application_ids).values():
        if application.merged_into is not None:
            continue
        standing.settle(session, user_id, application)
        session.flush()
        search_index.put_notes(session, user_id, application.id)


def _locked(session: WriteSession, user_id: int, ids: Sequence[int]) -> dict[int, Application]:
    """The applications in the order given. They are locked in that of their ids: two who want the same ones wait
    for each other in turn."""
    known = {i: application_service.get(session, user_id, i).id for i in dict.fromkeys(ids)}
    rows = {i: locked(session, user_id, i) for i in sorted(set(known.values()))}
    return {i: rows[i] for i in dict.fromkeys(known.values())}


def _natural_groups(session: WriteSession, user_id: int, email_ids: Sequence[int]) -> list[set[int]]:
    """How this mail would fall into applications without anybody's word that some are one."""
    components = find_components(session, user_id, email_ids) if email_ids else []
    return [
        set(group.email_ids)
        for component in components
        for group in partition(component.mails, component.words.constraints).groups
    ]


def _own_mail(
    session: WriteSession, user_id: int, application: Application, natural: Sequence[set[int]]
) -> list[int]:
    """The mail that makes the application, without what came to it with others that were merged into it."""
    everything = _mail_of(session, user_id, [application.id])
    foreign: set[int] = set()
    for merged in decided.active(session, user_id, (DecisionKind.MERGE,)):
        if merged.application_id == application.id:
            for other in merged.payload["ids"]:
                foreign.update(merged.payload["mails"].get(str(other), []))
    brought = {i for group in natural if not foreign.isdisjoint(group) for i in group} | foreign
    return [i for i in everything if i not in brought] or everything


def _mail_of(session: WriteSession, user_id: int, ids: Sequence[int] | dict[int, Application]) -> list[int]:
    return [
        link.email_id
        for application_id in ids
        for link in correlation.emails_of_application(session, user_id, application_id)
    ]


def _merged_already(session: WriteSession, user_id: int, kept: Application, ids: Sequence[int]) -> int:
    """The second click: the merge in force that made these one."""
    homes = set(keeping.with_merged(session, user_id, kept.id))
    for decision in reversed(decided.active(session, user_id, (DecisionKind.MERGE,))):
        if decision.application_id in homes and set(ids) & set(map(int, decision.payload["ids"])):
            return decision.id
    raise NothingToMerge


def _name(application: Application) -> str:
    parts = [part for part in (application.job_title, application.company_name) if part]
    return " at ".join(parts) or "another application"
