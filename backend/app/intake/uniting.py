"""Groups of mail that a person called one application, made one. Pure.

It is done to the outcome of the partition and not within it: so the groups are those that there would be without
the word, plus the union, and taking the word back leaves exactly them, whatever mail came meanwhile.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.correlation.values import Group, MailFacts, Method, PartitionResult, Placed

# The parts of one application, each a set of emails.
Union = tuple[frozenset[int], ...]


def unite(result: PartitionResult, unions: Sequence[Union], mails: Sequence[MailFacts]) -> PartitionResult:
    """The partition with these unions in it. Mail that waits for an answer between parts of one application, or
    that a union names and nothing else places, goes to it."""
    if not unions:
        return result
    facts = {mail.email_id: mail for mail in mails}
    groups = list(result.groups)
    root = list(range(len(groups)))
    named: list[tuple[int, set[int]]] = []
    for union in unions:
        parts = [found for part in union if (found := _groups_of(part, groups))]
        together = sorted({i for found in parts for i in found})
        for i in together[1:]:
            _join(root, together[0], i)
        if together:
            named.append((together[0], {i for part in union for i in part}))
    members: dict[int, list[Placed]] = {}
    for i, group in enumerate(groups):
        members.setdefault(_root(root, i), []).extend(group.mails)
    firsts = {placed.email_id: _root(root, i) for i, group in enumerate(groups) for placed in group.mails}
    left = []
    for question in result.unplaced:
        home = next((_root(root, i) for i, ids in named if question.email_id in ids), None)
        among = {firsts[c] for c in question.candidates if c in firsts}
        if home is not None:
            members[home].append(Placed(question.email_id, Method.USER, 1.0))
        elif len(among) == 1 and question.reason == "ambiguous" and question.email_id in facts:
            members[among.pop()].append(Placed(question.email_id, Method.COMPANY, 0.8))
        else:
            left.append(question)
    placed_now = {placed.email_id for one in members.values() for placed in one}
    for i, ids in named:
        for email_id in sorted(ids - placed_now):
            if email_id in facts:
                members[_root(root, i)].append(Placed(email_id, Method.USER, 1.0))
                placed_now.add(email_id)
    whole = [Group(tuple(sorted(one, key=lambda p: _order(facts, p)))) for one in members.values()]
    whole.sort(key=lambda group: _order(facts, group.mails[0]))
    return replace(result, groups=tuple(whole), unplaced=tuple(left))


def _groups_of(part: frozenset[int], groups: Sequence[Group]) -> list[int]:
    """The groups that a part of an application is: the one that holds most of it, and all that consist mostly of
    it. A group that merely holds a mail or two of it, because they moved, is another."""
    hits = {i: len(part.intersection(group.email_ids)) for i, group in enumerate(groups)}
    hits = {i: n for i, n in hits.items() if n}
    if not hits:
        return []
    best = max(hits, key=lambda i: (hits[i], -i))
    return [i for i, n in hits.items() if i == best or 2 * n > len(groups[i].mails)]


def _order(facts: Mapping[int, MailFacts], placed: Placed) -> tuple[object, ...]:
    mail = facts[placed.email_id]
    return mail.received_at, mail.identity, mail.email_id


def _root(root: list[int], i: int) -> int:
    while root[i] != i:
        i = root[i]
    return i


def _join(root: list[int], a: int, b: int) -> None:
    first, second = sorted((_root(root, a), _root(root, b)))
    root[second] = first
