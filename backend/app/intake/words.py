"""What a person said about where mail belongs, ready for linking: the newest word about an email holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from app.applications import repository as applications
from app.applications.decided import repository as decided
from app.applications.models import Decision, DecisionKind, Stage
from app.core.db import ReadSession
from app.correlation.models import Link
from app.correlation.values import Constraints
from app.intake.uniting import Union

ABOUT_APPLICATIONS = (DecisionKind.MERGE, DecisionKind.SPLIT, DecisionKind.NOT_SAME)
_MOVES = (DecisionKind.LINK, DecisionKind.UNLINK)
_ENDS = (Stage.REJECTED, Stage.WITHDRAWN, Stage.ACCEPTED)
_AT_ONCE = 500  # emails or applications in one query
_ANCHORS = 5  # mails by which one of two applications that are not the same is known


@dataclass(frozen=True, slots=True)
class Home:
    """These emails belong to that application, whatever held them before."""

    emails: frozenset[int]
    application_id: int


@dataclass(frozen=True, slots=True)
class Words:
    """Constraints go into the partition; unions are made of its groups; homes name the application of a group, the
    newest word last."""

    constraints: Constraints = field(default_factory=Constraints)
    unions: tuple[Union, ...] = ()
    homes: tuple[Home, ...] = ()


@dataclass(slots=True)
class _Hearing:
    linked: dict[int, int] = field(default_factory=dict)
    unlinked: set[tuple[int, int]] = field(default_factory=set)
    not_same: set[tuple[int, int]] = field(default_factory=set)
    unions: list[list[set[int]]] = field(default_factory=list)
    homes: list[tuple[set[int], int]] = field(default_factory=list)

    def forget(self, emails: Iterable[int]) -> None:
        """A later word about an email takes it out of what was said of its application."""
        for email_id in emails:
            for union in self.unions:
                for part in union:
                    part.discard(email_id)
            for home, _ in self.homes:
                home.discard(email_id)


@dataclass(frozen=True, slots=True)
class Spoken:
    """Decisions about many emails and their applications: moves by email, words about whole applications, and when
    the user ended an application."""

    moves: Mapping[int, Sequence[Decision]]
    about_applications: Sequence[tuple[Decision, frozenset[int]]]
    ended: Mapping[int, datetime]


def all_words(session: ReadSession, user_id: int, email_ids: Sequence[int], links: Iterable[Link]) -> Spoken:
    """Everything that was said about these emails and the applications they are linked to."""
    moves: dict[int, list[Decision]] = {}
    for start in range(0, len(email_ids), _AT_ONCE):
        some = email_ids[start : start + _AT_ONCE]
        for decision in applications.email_decisions(session, user_id, _MOVES, some):
            moves.setdefault(decision.email_id or 0, []).append(decision)
    about = [(d, frozenset(emails_of(d))) for d in decided.active(session, user_id, ABOUT_APPLICATIONS)]
    homes = sorted({link.application_id for link in links})
    ended: dict[int, datetime] = {}
    for start in range(0, len(homes), _AT_ONCE):
        for d in applications.active_decisions(session, user_id, homes[start : start + _AT_ONCE]):
            if d.kind == DecisionKind.STAGE and d.payload.get("stage") in _ENDS:
                ended[d.application_id or 0] = d.effective_at
    return Spoken(moves, about, ended)


def words_about(spoken: Spoken, links: Sequence[Link], email_ids: Sequence[int]) -> Words:
    """Those of these words that are about these emails."""
    heard = _Hearing()
    moves = [d for email_id in email_ids for d in spoken.moves.get(email_id, ())]
    concerned = [d for d, emails in spoken.about_applications if not emails.isdisjoint(email_ids)]
    for decision in sorted([*moves, *concerned], key=lambda d: d.id):
        _hear(heard, decision)
    at = spoken.ended
    return Words(
        Constraints(
            linked=heard.linked,
            unlinked=frozenset(heard.unlinked),
            not_same=frozenset(heard.not_same),
            ended={link.email_id: at[link.application_id] for link in links if link.application_id in at},
        ),
        tuple(tuple(frozenset(part) for part in union) for union in heard.unions),
        tuple(Home(frozenset(emails), home) for emails, home in heard.homes),
    )


def emails_of(decision: Decision) -> list[int]:
    """The emails by which a decision about applications knows them."""
    if decision.kind == DecisionKind.SPLIT:
        return [*decision.payload["emails"], *(i for part in decision.payload["rest"] for i in part)]
    return [i for ids in decision.payload.get("mails", {}).values() for i in ids]


def keys_by_word(session: ReadSession, user_id: int) -> dict[int, set[str]]:
    """Mail that the user put together or apart is looked at together, whatever else it shares."""
    keys: dict[int, set[str]] = {}
    for d in applications.email_decisions(session, user_id, (DecisionKind.LINK,)):
        for email_id in (d.email_id or 0, int(d.payload["anchor"])):
            keys.setdefault(email_id, set()).add(f"user:{d.id}")
    for d in decided.active(session, user_id, (DecisionKind.MERGE, DecisionKind.SPLIT)):
        for email_id in emails_of(d):
            keys.setdefault(email_id, set()).add(f"user:{d.id}")
    return keys


def anchors(session: ReadSession, user_id: int, email_ids: Sequence[int]) -> list[int]:
    """The emails that others were linked to."""
    spoken = applications.email_decisions(session, user_id, (DecisionKind.LINK,), email_ids)
    return sorted({int(d.payload["anchor"]) for d in spoken})


def merged_by_word(session: ReadSession, user_id: int) -> dict[int, int]:
    """Application that the user merged away -> the one they kept."""
    merges = decided.active(session, user_id, (DecisionKind.MERGE,))
    return {int(i): d.application_id or 0 for d in merges for i in d.payload["ids"]}


def _hear(heard: _Hearing, d: Decision) -> None:
    if d.kind == DecisionKind.LINK:
        email_id, anchor = d.email_id or 0, int(d.payload["anchor"])
        heard.forget([email_id])
        heard.linked[email_id] = anchor
        heard.unlinked.discard((email_id, anchor))
        if "home" in d.payload:
            heard.homes.append(({email_id}, int(d.payload["home"])))
    elif d.kind == DecisionKind.UNLINK:
        email_id = d.email_id or 0
        heard.forget([email_id])
        heard.linked.pop(email_id, None)
        heard.unlinked.add((email_id, int(d.payload["anchor"])))
    elif d.kind == DecisionKind.MERGE:
        parts = [set(ids) for ids in d.payload["mails"].values()]
        heard.unions.append(parts)
        heard.homes.append((set().union(*parts), d.application_id or 0))
    elif d.kind == DecisionKind.SPLIT:
        _hear_split(heard, d)
    else:
        first, second = (ids[:_ANCHORS] for ids in d.payload["mails"].values())
        heard.not_same.update((a, b) for a in first for b in second)


def _hear_split(heard: _Hearing, d: Decision) -> None:
    emails, rest = list(d.payload["emails"]), [set(part) for part in d.payload["rest"]]
    heard.forget(emails)
    for email_id in emails:
        heard.linked[email_id] = emails[0]
        heard.not_same.update((email_id, other) for part in rest for other in part)
    heard.unions += [[part] for part in rest]
    heard.homes.append((set(emails), int(d.payload["to"])))
