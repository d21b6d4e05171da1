"""Is everything there? The ids at the source against what is stored, day by day.

Started by `service.start_verify` (the page, the API and `python -m app verify` alike). The run's result then holds
`{complete, since, until, sentence, days: [{day, at_source, stored, missing}], missing: [{id, day, reason}],
missing_count, gone: [id], gone_count, fix}`; days are UTC, newest first, `gone` is stored mail that the source no
longer has, and `fix` says what mends it (null when there is nothing to mend). `describe` makes lines of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from app.core import db
from app.core.clock import now
from app.mail import repository as mail
from app.mail.sources import CursorExpired, MessageRef, Search, Tier, Window
from app.mailsync import reading, repository, service, standings
from app.mailsync.folding import fold
from app.mailsync.models import SyncState
from app.mailsync.reading import Reading
from app.runs.context import RunContext
from app.runs.errors import RunAlreadyActive

DAYS_AT_ONCE = 10
SHOWN = 500
FETCHED_AT_ONCE = 5_000


@dataclass(slots=True)
class Findings:
    """How many messages each day should have, which were seen at the source, and those that are missing."""

    at_source: Counter[date] = field(default_factory=Counter)
    seen: set[str] = field(default_factory=set)
    missing: dict[str, date] = field(default_factory=dict)


def run_verify(ctx: RunContext) -> None:
    """params: account_ids (one), own_addresses, fix."""
    reading.for_each_account(ctx, _verify)


def describe(result: Mapping[str, Any]) -> list[str]:
    """The result of a run in lines for a person."""
    lines = [str(result["sentence"])]
    for one in result["missing"][:20]:
        reason = f" ({one['reason']})" if one["reason"] else ""
        lines.append(f"  {one['day']}  {one['id']}{reason}")
    if result["missing_count"] > 20:
        lines.append(f"  and {result['missing_count'] - 20} more")
    if result["fix"]:
        lines.append(str(result["fix"]["sentence"]))
    return lines


def _verify(r: Reading) -> None:
    with db.read_session() as session:
        state = repository.state_of(session, r.account_id)
        stored = {
            s.provider_message_id: s.arrived_at for s in repository.present_sources(session, r.account_id)
        }
    if state is None or state.last_synced_at is None:
        return
    since, until = _range(state, stored), state.last_synced_at
    r.ctx.progress(phase="comparing", message=r.to.account.address)
    findings = Findings()
    for window in _windows(since, until):
        _compare(r, window, stored, findings)
        r.ctx.counts["processed"] = len(findings.seen)
        r.ctx.progress()
    for message_id in _not_yet_due(r, state, findings):
        del findings.missing[message_id]
    gone = [i for i, at in stored.items() if at and since <= at <= until and i not in findings.seen]
    days = _days(findings, stored, since, until)
    with db.read_session() as session:
        reasons = repository.failures_of(session, r.account_id, list(findings.missing))
    _tell(r, findings, gone, days, reasons, since, until)


def _range(state: SyncState, stored: Mapping[str, datetime | None]) -> datetime:
    """From where on everything should be there."""
    promised = state.complete_since or standings.coverage_of(state).since
    if promised is not None and promised.year > 1970:
        return promised
    oldest = min((at for at in stored.values() if at is not None), default=state.last_synced_at)
    return oldest or now()


def _windows(since: datetime, until: datetime) -> Iterator[Window]:
    """Spans of some days, newest first."""
    before = until
    while before > since:
        after = max(since, before - timedelta(days=DAYS_AT_ONCE))
        yield Window(after, before)
        before = after


def _compare(r: Reading, window: Window, stored: Mapping[str, datetime | None], findings: Findings) -> None:
    present = _present(r, window) - findings.seen
    findings.seen |= present
    missing = _unexplained(r, present - stored.keys())
    for message_id in present & stored.keys():
        if (at := stored[message_id]) is not None:
            findings.at_source[at.date()] += 1
    if not missing or window.after is None or window.before is None:
        return
    day = window.before.date()
    while missing and day >= window.after.date():
        begin = datetime.combine(day, time(), UTC)
        here = missing & _present(r, Window(begin, begin + timedelta(days=1)))
        findings.missing |= dict.fromkeys(here, day)
        findings.at_source[day] += len(here)
        missing -= here
        day -= timedelta(days=1)
    findings.missing |= dict.fromkeys(missing, window.before.date())


def _present(r: Reading, window: Window) -> set[str]:
    """What should be stored of this window: all mail, or what the search for job mail finds."""
    job_mail_only = r.ctx.settings.gmail_sync_scope == "job_search"
    found: set[str] = set()
    for tier in (Tier.SENDERS, Tier.TERMS) if job_mail_only else (Tier.REST,):
        for page in r.source.list_ids(Search(tier, window)):
            found.update(ref.id for ref in page)
            r.ctx.checkpoint()
    r.note_units()
    r.count("listed", len(found))
    return found


def _unexplained(r: Reading, ids: Collection[str]) -> set[str]:
    """Without those that the ledger left out for a reason, those thought deleted (they are restored), and those
    stored since."""
    if not ids:
        return set()
    left = {ref.id for ref in reading.unknown_among(r, [MessageRef(i) for i in sorted(ids)])}
    with db.read_session() as session:
        left -= repository.left_out_for_good(session, r.account_id, left)
    return left


def _not_yet_due(r: Reading, state: SyncState, findings: Findings) -> set[str]:
    """Missing mail that arrived after the last sync, whatever its date: the next sync takes it."""
    cursor = standings.history_cursor(state)
    if not findings.missing or cursor is None:
        return set()
    try:
        nets = fold(change for page in r.source.history(cursor) for change in page.changes)
    except CursorExpired:
        nets = {}
    with db.read_session() as session:
        stored_since = mail.known_ids(session, r.account_id, list(findings.missing))
    return {i for i in findings.missing if i in stored_since or (i in nets and nets[i].came)}


def _days(
    findings: Findings, stored: Mapping[str, datetime | None], since: datetime, until: datetime
) -> list[dict[str, Any]]:
    here = Counter(at.date() for at in stored.values() if at is not None and since <= at <= until)
    missing = Counter(findings.missing.values())
    days = sorted(here.keys() | missing.keys() | findings.at_source.keys(), reverse=True)
    return [
        {
            "day": day.isoformat(),
            "at_source": findings.at_source[day],
            "stored": here[day],
            "missing": missing[day],
        }
        for day in days
    ]


def _tell(
    r: Reading,
    findings: Findings,
    gone: list[str],
    days: list[dict[str, Any]],
    reasons: Mapping[str, str],
    since: datetime,
    until: datetime,
) -> None:
    missing = [
        {"id": i, "day": day.isoformat(), "reason": reasons.get(i)}
        for i, day in sorted(findings.missing.items(), key=lambda one: (one[1], one[0]), reverse=True)
    ]
    what = (
        "All job mail that the search finds is"
        if r.ctx.settings.gmail_sync_scope == "job_search"
        else "All mail is"
    )
    span = f"from {since:%d %B %Y} to {until:%d %B %Y, %H:%M} UTC"
    told: dict[str, Any] = {
        "complete": not missing,
        "since": since.isoformat(),
        "until": until.isoformat(),
        "days": days,
        "missing": missing[:SHOWN],
        "missing_count": len(missing),
        "gone": gone[:SHOWN],
        "gone_count": len(gone),
        "fix": _fix(r, len(missing), len(gone)),
        "sentence": f"{what} here {span}." if not missing else f"{len(missing)} messages are missing {span}.",
    }
    with r.ctx.batch() as session:
        r.ctx.result |= told
        if missing and r.ctx.params.get("fix"):
            ids = sorted(findings.missing, key=lambda i: findings.missing[i], reverse=True)[:FETCHED_AT_ONCE]
            try:
                told["fix"]["job_id"] = service.start_fetch(session, r.ctx, r.account_id, ids).id
            except RunAlreadyActive as busy:
                told["fix"]["job_id"] = busy.params.get("job_id")
    r.ctx.progress(phase="compared", message=told["sentence"])


def _fix(r: Reading, missing: int, gone: int) -> dict[str, Any] | None:
    if missing:
        path = f"POST /api/mail-accounts/{r.account_id}/verify?fix=true"
        return {"kind": "fetch", "sentence": f"Fetch what is missing: {path}", "job_id": None}
    if gone:
        path = "POST /api/gmail/sync/deleted?force_full_sync=true"
        return {
            "kind": "deletions",
            "sentence": f"{gone} were deleted at the source. Check: {path}",
            "job_id": None,
        }
    return None
