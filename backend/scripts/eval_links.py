"""Measure linking: pairwise precision, recall and F1, wrong pairs, and stages where they are known.

    python scripts/eval_links.py --demo
    python scripts/eval_links.py --data sequences.json --mails mails.mbox

`sequences.json` is a list of {thread, company, kind, events: [{id, label, direction, subject?, body_text?}]};
ids are those of the `X-Measuring-Id` headers in the mailbox. Every mail goes through the real reading and
classification; the messages of a sequence are dated two days apart and carry no reply headers, so only what the
mails say can join them (`--threads` gives each sequence its thread).
"""

from __future__ import annotations

import argparse
import json
import mailbox
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from itertools import combinations
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from app.applications.fold import MailEvent, fold
from app.classification import service as classification
from app.classification.values import Direction, EmailClass, EmailValue, HeaderFacts, ThreadContext, Verdict
from app.companies import service as companies
from app.core.clock import now
from app.correlation.keys import components, linking_domain
from app.correlation.partition import partition
from app.correlation.values import MailFacts, PartitionResult
from app.mail.mime import parse
from app.mail.values import ParsedMail

FIRST_DAY = datetime(2025, 3, 3, 9, tzinfo=UTC)
AUTOMATIC = (
    "noreply",
    "no-reply",
    "no_reply",
    "donotreply",
    "do-not-reply",
    "notification",
    "careers",
    "jobs",
)


@dataclass(frozen=True, slots=True)
class Sample:
    """One mail and what is known of it: the application it belongs to (None: none), its class."""

    email_id: int
    mail: ParsedMail
    at: datetime
    own: bool
    application: str | None
    label: str | None
    thread: str | None = None


def main() -> None:
    options = _options()
    stages: dict[str, str] = {}
    if options.demo:
        samples, stages = _demo_samples()
    else:
        samples = list(_sequence_samples(Path(options.data), Path(options.mails), options.threads))
    started = time.perf_counter()
    verdicts = _judge(samples)
    judged = time.perf_counter()
    facts = [_facts(sample, verdicts.get(sample.email_id)) for sample in samples]
    if options.labels:
        facts = [replace(f, email_class=s.label) for f, s in zip(facts, samples, strict=True)]
    results = [partition(component) for component in components(facts)]
    linked = time.perf_counter()
    print(f"{len(samples)} mails; reading verdicts {judged - started:.1f} s, linking {linked - judged:.3f} s")
    _report_pairs(samples, results)
    if stages:
        _report_stages(samples, verdicts, results, stages)
    if options.verbose:
        _report_groups(samples, verdicts, results)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--demo", action="store_true", help="measure on the demo mailbox")
    parser.add_argument("--data", help="sequences.json")
    parser.add_argument("--mails", help="the mbox with the mails of the sequences")
    parser.add_argument("--threads", action="store_true", help="give each sequence its provider thread")
    parser.add_argument("--labels", action="store_true", help="take the given classes instead of our own")
    parser.add_argument("--verbose", action="store_true", help="print every wrong group")
    options = parser.parse_args()
    if not options.demo and not (options.data and options.mails):
        parser.error("give --demo, or --data and --mails")
    return options


def _demo_samples() -> tuple[list[Sample], dict[str, str]]:
    from app.demo.mailbox import builder

    samples = []
    for number, (raw, known) in enumerate(
        zip(builder.build(now().date()), builder.expected(), strict=True), 1
    ):
        mail = parse(raw)
        own = known.direction == "out"
        samples.append(
            Sample(number, mail, mail.date or FIRST_DAY, own, known.application, known.email_class)
        )
    return samples, {known.key: known.stage for known in builder.expected_applications()}


def _sequence_samples(data: Path, mails: Path, threads: bool) -> Iterable[Sample]:
    raw_mails = {
        message["X-Measuring-Id"]: message.as_bytes() for message in mailbox.mbox(str(mails), create=False)
    }
    number = 0
    for index, sequence in enumerate(json.loads(data.read_text("utf-8"))):
        for step, event in enumerate(sequence["events"]):
            own = event["direction"] == "out"
            raw = _own_mail(event) if own else raw_mails.get(event["id"])
            if raw is None:
                continue
            number += 1
            yield Sample(
                number,
                parse(raw),
                FIRST_DAY + timedelta(days=2 * step, minutes=7 * index),
                own,
                sequence["thread"],
                event.get("label"),
                f"1:{sequence['thread']}" if threads else None,
            )


def _own_mail(event: dict[str, str]) -> bytes:
    message = EmailMessage()
    message["From"], message["To"] = "me@measuring.example", "them@unknown.example"
    message["Subject"] = event.get("subject") or ""
    message.set_content(event.get("body_text") or "")
    return message.as_bytes()


def _judge(samples: Sequence[Sample]) -> dict[int, Verdict]:
    """Verdicts of all incoming mail, each read in the light of the conversation before it."""
    said: dict[str, list[tuple[EmailClass | None, Direction]]] = defaultdict(list)
    verdicts: dict[int, Verdict] = {}
    for sample in sorted(samples, key=lambda s: (s.at, s.email_id)):
        mail = sample.mail
        root = (*mail.references, mail.in_reply_to, mail.rfc822_message_id, str(sample.email_id))
        conversation = next(name for name in root if name)
        before = said[conversation]
        direction = Direction.OUT if sample.own else Direction.IN
        if not sample.own:
            context = ThreadContext(
                tuple(email_class for email_class, _ in before if email_class is not None),
                tuple(heard for _, heard in before),
            )
            verdicts[sample.email_id] = classification.classify_one(_value(sample), context)
        verdict = verdicts.get(sample.email_id)
        before.append((verdict.email_class if verdict else None, direction))
    return verdicts


def _value(sample: Sample) -> EmailValue:
    mail = sample.mail
    return EmailValue(
        subject=mail.subject,
        sender_name=mail.sender_name,
        sender_email=mail.sender_email,
        text=mail.text,
        received_at=sample.at,
        recipients=mail.recipients,
        calendar=mail.calendar,
        links=mail.links,
        headers=HeaderFacts(**mail.headers, is_reply=bool(mail.in_reply_to or mail.references)),
    )


def _facts(sample: Sample, verdict: Verdict | None) -> MailFacts:
    mail, entities = sample.mail, verdict.entities if verdict else None
    company = entities.company_name if entities else None
    title = entities.job_title if entities else None
    other = mail.recipients[0] if sample.own and mail.recipients else mail.sender_email
    automatic = any(word in mail.sender_email.partition("@")[0] for word in AUTOMATIC)
    identifiers = []
    if entities and entities.requisition_id:
        identifiers.append(f"req:{entities.requisition_id.lower()}")
    if entities and entities.job_url:
        job = companies.job_reference(entities.job_url)
        address = companies.canonical_job_url(entities.job_url)
        identifiers += [f"ats:{job.ats}:{job.tenant}:{job.job_id}"] if job else []
        identifiers += [f"url:{address}"] if address else []
    return MailFacts(
        email_id=sample.email_id,
        identity=mail.content_hash,
        received_at=sample.at,
        direction="out" if sample.own else "in",
        message_id=mail.rfc822_message_id,
        references=tuple(dict.fromkeys(name for name in (*mail.references, mail.in_reply_to) if name)),
        threads=(sample.thread,) if sample.thread else (),
        email_class=verdict.email_class.value if verdict else None,
        unsure=bool(verdict and verdict.unsure),
        company_name=company,
        company_key=companies.company_key(company) if company else "",
        title=title,
        title_key=companies.title_key(title) if title else "",
        sender_domain=linking_domain(other),
        identifiers=tuple(identifiers),
        sender_email="" if automatic else mail.sender_email,
        confidence=verdict.confidence if verdict else 1.0,
        subject=mail.subject,
    )


def _report_pairs(samples: Sequence[Sample], results: Sequence[PartitionResult]) -> None:
    truth = {sample.email_id: sample.application for sample in samples}
    wanted = {
        pair
        for key in {name for name in truth.values() if name}
        for pair in combinations(sorted(i for i, name in truth.items() if name == key), 2)
    }
    found = {
        pair
        for result in results
        for group in result.groups
        for pair in combinations(sorted(group.email_ids), 2)
    }
    right = len(wanted & found)
    precision = right / len(found) if found else 1.0
    recall = right / len(wanted) if wanted else 1.0
    f1 = 2 * precision * recall / (precision + recall) if right else 0.0
    groups = sum(len(result.groups) for result in results)
    methods = Counter(p.method.value for r in results for g in r.groups for p in g.mails)
    reasons = Counter(u.reason for result in results for u in result.unplaced)
    print(f"applications: {groups} found, {len({name for name in truth.values() if name})} true")
    print(f"pairs: precision {precision:.3f}, recall {recall:.3f}, F1 {f1:.3f}")
    print(f"wrong pairs: {len(found - wanted)} of {len(found)} ({100 * (1 - precision):.1f} %)")
    print(f"methods: {dict(methods)}; left for review: {dict(reasons)}")


def _report_stages(
    samples: Sequence[Sample],
    verdicts: dict[int, Verdict],
    results: Sequence[PartitionResult],
    stages: dict[str, str],
) -> None:
    by_id = {sample.email_id: sample for sample in samples}
    right, told = 0, set()
    for result in results:
        for group in result.groups:
            owners = Counter(by_id[i].application for i in group.email_ids if by_id[i].application)
            if not owners or (key := owners.most_common(1)[0][0]) is None:
                continue
            events = [
                _event(by_id[p.email_id], verdicts.get(p.email_id), p.method.value) for p in group.mails
            ]
            stage = fold(events).stage
            ok = stage == stages[key]
            if key in told:
                print(f"  second group for {key}: {stage}")
                continue
            told.add(key)
            right += ok
            if not ok:
                print(f"  {key}: stage {stage}, should be {stages[key]}")
    print(f"stages: {right} of {len(stages)} right; not found: {sorted(stages.keys() - told)}")


def _event(sample: Sample, verdict: Verdict | None, method: str) -> MailEvent:
    return MailEvent(
        email_id=sample.email_id,
        at=sample.at,
        email_class=verdict.email_class.value if verdict else None,
        confidence=verdict.confidence if verdict else 1.0,
        method=method,
        direction="out" if sample.own else "in",
        stage=verdict.application_stage if verdict else None,
        unsure=bool(verdict and verdict.unsure),
    )


def _report_groups(
    samples: Sequence[Sample], verdicts: dict[int, Verdict], results: Sequence[PartitionResult]
) -> None:
    """Every application that isn't exactly one group, mail by mail, and mail that belongs to none."""
    groups = [group for result in results for group in result.groups]
    numbers = {placed.email_id: number for number, group in enumerate(groups) for placed in group.mails}
    how = {placed.email_id: placed.method.value for group in groups for placed in group.mails}
    how |= {unplaced.email_id: unplaced.reason for result in results for unplaced in result.unplaced}
    truth = {sample.email_id: sample.application for sample in samples}
    owners = [{truth[email_id] for email_id in group.email_ids} for group in groups]
    for key in dict.fromkeys(truth.values()):
        mails = [sample for sample in samples if sample.application == key]
        found = {numbers.get(sample.email_id) for sample in mails}
        whole = len(found) == 1 and all(n is not None and len(owners[n]) == 1 for n in found)
        wrong = [sample for sample in mails if key is not None or sample.email_id in numbers]
        if (key is not None and whole) or not wrong:
            continue
        print(f"--- {key}")
        for sample in wrong:
            place = f"group {numbers.get(sample.email_id, '-')} {how.get(sample.email_id, 'left out')}"
            print(f"  #{sample.email_id} {sample.at:%m-%d} {place}: {_describe(sample, verdicts)}")


def _describe(sample: Sample, verdicts: dict[int, Verdict]) -> str:
    verdict = verdicts.get(sample.email_id)
    if verdict is None:
        return f"own mail | {sample.mail.subject[:60]!r}"
    said = f"{sample.label} as {verdict.email_class.value}{' (unsure)' if verdict.unsure else ''}"
    names = f"{verdict.entities.company_name} | {verdict.entities.job_title}"
    return f"{said} | {names} | {sample.mail.sender_email} | {sample.mail.subject[:60]!r}"


if __name__ == "__main__":
    main()
