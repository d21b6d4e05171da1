"""Measure linking: pairwise precision, recall and F1, wrong pairs, and stages where they are known.

    python scripts/eval_links.py            the made-up search: 300 applications, 1,200 mails, by kind of difficulty
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
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from app.applications.fold import MailEvent, fold
from app.classification.values import Verdict
from app.core.clock import now
from app.correlation.keys import components
from app.correlation.partition import partition
from app.correlation.values import PartitionResult
from app.mail.mime import parse
from tests.corpus.linking.measuring import (
    Sample,
    count_pairs,
    facts_of,
    figures_by_kind,
    judge,
    samples_of,
)
from tests.corpus.linking.search import build

FIRST_DAY = datetime(2025, 3, 3, 9, tzinfo=UTC)


def main() -> None:
    options = _options()
    stages: dict[str, str] = {}
    aliases: dict[str, str] = {}
    if options.demo:
        samples, stages = _demo_samples()
    elif not options.data:
        search = build()
        samples, aliases = samples_of(search), search.aliases
    else:
        samples = list(_sequence_samples(Path(options.data), Path(options.mails), options.threads))
    started = time.perf_counter()
    verdicts = judge(samples)
    judged = time.perf_counter()
    facts = [facts_of(sample, verdicts.get(sample.email_id), aliases) for sample in samples]
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
    parser.add_argument(
        "--mails", help="the mbox with the mails of the sequences (default: dev.mbox beside them)"
    )
    parser.add_argument("--threads", action="store_true", help="give each sequence its provider thread")
    parser.add_argument("--labels", action="store_true", help="take the given classes instead of our own")
    parser.add_argument("--verbose", action="store_true", help="print every wrong group")
    options = parser.parse_args()
    if options.data and not options.mails:
        options.mails = str(Path(options.data).with_name("dev.mbox"))
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


def _report_pairs(samples: Sequence[Sample], results: Sequence[PartitionResult]) -> None:
    figures = count_pairs(samples, results)
    applications = {sample.application for sample in samples if sample.application}
    groups = sum(len(result.groups) for result in results)
    methods = Counter(p.method.value for r in results for g in r.groups for p in g.mails)
    reasons = Counter(u.reason for result in results for u in result.unplaced)
    print(f"applications: {groups} found, {len(applications)} true")
    print(f"pairs: precision {figures.precision:.3f}, recall {figures.recall:.3f}, F1 {figures.f1:.3f}")
    wrong, found = len(figures.wrong), len(figures.found)
    print(f"wrong pairs: {wrong} of {found} ({100 * wrong / max(found, 1):.1f} %)")
    print(f"methods: {dict(methods)}; left for review: {dict(reasons)}")
    kinds = figures_by_kind(samples, figures)
    if len(kinds) > 1:
        print(f"{'kind':32} precision  recall     F1  pairs  wrong")
        for kind, one in kinds.items():
            row = f"{one.precision:9.3f}  {one.recall:6.3f}  {one.f1:5.3f}  {len(one.wanted):5}  {len(one.wrong):5}"
            print(f"{kind:32} {row}")


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
