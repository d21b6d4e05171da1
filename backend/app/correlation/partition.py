"""Which mails make one application: a pure function of mails and decisions.

Mails are taken in the order of time, whatever the order they came in. Mail that found no place and begins no
application (own mail, pitches, unsure and ambiguous mail) is asked again at the end, by the firm stages only:
what it belongs to may begin later, and a later answer may name it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from app.correlation.candidacies import (
    APPLICATION_RECEIVED,
    Book,
    Candidacy,
    add,
    at_company,
    begin,
    company_match,
    find_shared_domains,
    follow,
    merge,
    resolve,
)
from app.correlation.keys import SAME_COMPANY, conversation_of, is_public
from app.correlation.mentions import with_mentions
from app.correlation.stages import (
    SAME_SUBJECT,
    Allowed,
    Match,
    by_company,
    by_exact_names,
    by_identifier,
    by_similar_names,
    by_thread,
)
from app.correlation.values import (
    NONE,
    Constraints,
    Group,
    MailFacts,
    Method,
    PartitionResult,
    Placed,
    Reason,
    Unplaced,
)

FOUNDING = frozenset(
    {APPLICATION_RECEIVED, "INTERVIEW_REQUEST", "ASSESSMENT", "OFFER", "REJECTION", "STATUS_UPDATE"}
)
NEVER = frozenset({"JOB_ALERT", "NOT_JOB_RELATED"})
MOST_CANDIDATES = 5
Stage = Callable[[Book, MailFacts, Allowed], Match | None]
FIRM_STAGES: tuple[Stage, ...] = (by_thread, by_identifier, by_exact_names)
ALL_STAGES: tuple[Stage, ...] = (*FIRM_STAGES, by_similar_names, by_company)


@dataclass(slots=True)
class _Work:
    """The state of one partition: the book, the decisions sorted for use, and what is left over."""

    book: Book
    mails: dict[int, MailFacts]
    anchors: dict[int, int]
    apart: dict[int, set[int]]
    together: dict[int, set[int]]
    unlinked: set[int]
    ended: dict[int, datetime]
    waiting: dict[int, list[MailFacts]] = field(default_factory=lambda: defaultdict(list))
    deferred: list[MailFacts] = field(default_factory=list)
    open_questions: dict[int, tuple[Reason, tuple[Candidacy, ...]]] = field(default_factory=dict)


def partition(mails: Sequence[MailFacts], constraints: Constraints = NONE) -> PartitionResult:
    """The applications that these mails tell of. The order of `mails` doesn't matter; groups don't overlap.

    Give it whole components (see `component_keys`): then what it says of a mail doesn't depend on which other
    components are in the same call.
    """
    ordered = sorted(with_mentions(mails), key=_order)
    work = _prepare(ordered, constraints)
    for mail in ordered:
        _place(work, mail)
    _ask_again(work)
    return _result(work)


def _order(mail: MailFacts) -> tuple[datetime, str, int]:
    return mail.received_at, mail.identity, mail.email_id


def _prepare(ordered: list[MailFacts], constraints: Constraints) -> _Work:
    mails = {mail.email_id: mail for mail in ordered}
    apart: dict[int, set[int]] = defaultdict(set)
    for a, b in constraints.not_same | constraints.unlinked:
        apart[a].add(b)
        apart[b].add(a)
    together: dict[int, set[int]] = defaultdict(set)
    for a, b in constraints.same:
        together[a].add(b)
        together[b].add(a)
    anchors = {
        email: _final_anchor(constraints, email, mails) for email in constraints.linked if email in mails
    }
    return _Work(
        book=Book(shared_domains=find_shared_domains(ordered)),
        mails=mails,
        anchors={email: anchor for email, anchor in anchors.items() if anchor is not None},
        apart=apart,
        together=together,
        unlinked={email for email, _ in constraints.unlinked},
        ended=dict(constraints.ended),
    )


def _final_anchor(constraints: Constraints, email: int, mails: dict[int, MailFacts]) -> int | None:
    """The mail that a chain of links ends at; None when it leads nowhere or, over others, back to itself."""
    anchor, seen = email, {email}
    while anchor in constraints.linked and constraints.linked[anchor] != anchor:
        anchor = constraints.linked[anchor]
        if anchor in seen:
            return None
        seen.add(anchor)
    return anchor if anchor in mails else None


def _place(work: _Work, mail: MailFacts) -> None:
    anchor = work.anchors.get(mail.email_id)
    if anchor == mail.email_id:
        _settle(work, mail, begin(work.book, mail), Placed(mail.email_id, Method.USER, 1.0))
    elif anchor is not None:
        holder = work.book.holders.get(anchor)
        if holder is None:
            work.waiting[anchor].append(mail)
        else:
            _join(work, mail, holder)
    else:
        _find_place(work, mail)


def _find_place(work: _Work, mail: MailFacts) -> None:
    if mail.email_class in NEVER and not mail.unsure:
        match = by_thread(work.book, mail, _allow(work, mail))
        if match is not None and match.candidacy is not None:
            follow(work.book, match.candidacy, mail)
        return
    match = _search(work, mail, FIRM_STAGES if _is_passive(work, mail) else ALL_STAGES)
    if match is not None and match.candidacy is not None:
        _link(work, mail, match, match.candidacy)
    elif _is_passive(work, mail):
        work.deferred.append(mail)
    elif match is not None:
        work.deferred.append(mail)
        work.open_questions[mail.email_id] = ("ambiguous", match.candidates)
    elif _may_begin(told := _with_conversation(work, mail)):
        candidacy = begin(work.book, mail)
        _settle(work, told, candidacy, Placed(mail.email_id, Method.NEW, 1.0))
    else:
        work.deferred.append(mail)
        work.open_questions[mail.email_id] = ("nothing_fits", ())


def _search(work: _Work, mail: MailFacts, stages: Sequence[Stage]) -> Match | None:
    allowed = _allow(work, mail)
    for stage in stages:
        match = stage(work.book, mail, allowed)
        if match is not None:
            return match
    return None


def _allow(work: _Work, mail: MailFacts) -> Allowed:
    enemies = work.apart.get(mail.email_id)
    if not enemies:
        return lambda _: True
    return lambda candidacy: enemies.isdisjoint(candidacy.mails)


def _is_passive(work: _Work, mail: MailFacts) -> bool:
    """Whether the mail begins no application and links by the firm stages only."""
    return (
        mail.direction == "out"
        or mail.unsure
        or mail.email_class not in FOUNDING
        or mail.email_id in work.unlinked
    )


def _with_conversation(work: _Work, mail: MailFacts) -> MailFacts:
    """The mail with what the pitch said that it answers: a reply need not name company and title again."""
    if mail.company_key and mail.title_key:
        return mail
    for earlier in reversed(work.deferred):
        if earlier.direction == "in" and _one_conversation(earlier, mail):
            same = not mail.company_key or mail.company_key == earlier.company_key
            return replace(
                mail,
                company_key=mail.company_key or earlier.company_key,
                title_key=mail.title_key or (earlier.title_key if same else ""),
            )
    return mail


def _one_conversation(earlier: MailFacts, mail: MailFacts) -> bool:
    linked = earlier.message_id is not None and earlier.message_id in mail.references
    if linked or set(earlier.threads) & set(mail.threads) or set(earlier.references) & set(mail.references):
        return True
    base, answers = conversation_of(mail)
    near = mail.received_at - earlier.received_at <= SAME_SUBJECT
    return answers and near and bool(base) and base == conversation_of(earlier)[0]


def _may_begin(mail: MailFacts) -> bool:
    """A confirmation says by itself that there is an application; other mail must say at which company or for
    which job, be it by its sender's domain. A mere update that names neither does not."""
    if mail.company_key or mail.title_key:
        return True
    if mail.email_class == APPLICATION_RECEIVED:
        return bool(mail.sender_domain or mail.identifiers or mail.threads or mail.message_id)
    public = mail.sender_domain is not None and is_public(mail.sender_domain)
    return public and mail.email_class != "STATUS_UPDATE"


def _link(work: _Work, mail: MailFacts, match: Match, candidacy: Candidacy) -> None:
    placed = Placed(mail.email_id, match.method, match.score, match.margin, match.evidence)
    _settle(work, mail, candidacy, placed)


def _join(work: _Work, mail: MailFacts, candidacy: Candidacy) -> None:
    _settle(work, mail, candidacy, Placed(mail.email_id, Method.USER, 1.0))


def _settle(work: _Work, mail: MailFacts, candidacy: Candidacy, placed: Placed) -> None:
    """Add the mail, then whatever the user tied to it."""
    add(work.book, candidacy, mail, placed)
    if mail.email_id in work.ended:
        candidacy.ends.append(work.ended[mail.email_id])
    for follower in work.waiting.pop(mail.email_id, ()):
        _join(work, follower, resolve(candidacy))
    for partner in sorted(work.together.get(mail.email_id, ())):
        holder = work.book.holders.get(partner)
        if holder is not None:
            merge(work.book, resolve(candidacy), holder)


def _ask_again(work: _Work) -> None:
    """Mail without a place looks for one until a round finds none; then decisions place what is left."""
    pending = work.deferred
    while pending:
        left = []
        for mail in pending:
            match = _search(work, mail, FIRM_STAGES)
            if match is not None and match.candidacy is not None:
                work.open_questions.pop(mail.email_id, None)
                _link(work, mail, match, match.candidacy)
            else:
                left.append(mail)
        if len(left) == len(pending):
            break
        pending = left
    _place_partners(work)
    _place_abandoned(work)


def _place_partners(work: _Work) -> None:
    """Mail that no stage placed goes where the mail is that the user called the same."""
    for mail in work.mails.values():
        if mail.email_id in work.book.holders:
            continue
        holders = [work.book.holders.get(partner) for partner in sorted(work.together.get(mail.email_id, ()))]
        holder = next((one for one in holders if one is not None), None)
        if holder is not None:
            work.open_questions.pop(mail.email_id, None)
            _join(work, mail, holder)


def _place_abandoned(work: _Work) -> None:
    """Mail linked to an anchor that has no application itself begins one together with it."""
    for anchor in sorted(work.waiting, key=lambda email: _order(work.mails[email])):
        if work.waiting.get(anchor):
            work.open_questions.pop(anchor, None)
            mail = work.mails[anchor]
            _settle(work, mail, begin(work.book, mail), Placed(anchor, Method.USER, 1.0))


def _result(work: _Work) -> PartitionResult:
    groups: dict[int, Group] = {}
    alive = [one for one in work.book.candidacies if one.merged_into is None and one.mails]
    for one in alive:
        order = sorted(one.mails.values(), key=_order)
        groups[one.number] = Group(tuple(one.placed[mail.email_id] for mail in order))
    ranked = sorted(groups.values(), key=lambda group: _order(work.mails[group.mails[0].email_id]))
    unplaced = []
    for mail in work.mails.values():
        question = work.open_questions.get(mail.email_id)
        if question is None and mail.unsure and _asks_for_review(work, mail):
            question = ("unsure", _likely(work, mail))
        if question is not None:
            firsts = {groups[resolve(one).number].mails[0].email_id for one in question[1]}
            candidates = sorted(firsts, key=lambda email: _order(work.mails[email]))
            unplaced.append(Unplaced(mail.email_id, question[0], tuple(candidates)))
    return PartitionResult(tuple(ranked), tuple(unplaced))


def _likely(work: _Work, mail: MailFacts) -> tuple[Candidacy, ...]:
    near = [one for one in at_company(work.book, mail) if company_match(mail, one) >= SAME_COMPANY]
    return tuple(near[:MOST_CANDIDATES])


def _asks_for_review(work: _Work, mail: MailFacts) -> bool:
    placed = mail.email_id in work.book.holders or mail.email_id in work.unlinked
    return mail.direction == "in" and not placed
