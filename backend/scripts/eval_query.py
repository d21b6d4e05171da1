"""Measure the search for job mail: `eval_query.py [--data FILE.jsonl] [--json OUT] [--missed]`.

Mailboxes are loaded into the tests' Gmail, and the searches of a sync are made there: tier (a) by senders, tier (b)
by words. Printed is how much of the job mail each finds, and how much other mail comes with it. The demo mailbox and
a generated one are always measured; a file has one JSON object per line with `label` (an email class), `subject`,
`body_text`, and where known `from_name`, `from_email`. Exit status 2 when the file can't be read.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from email.message import EmailMessage
from email.utils import formataddr
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from app.classification import language
from app.demo.mailbox import builder
from app.mail.gmail.query import build_queries
from app.mail.sources import Search, Tier
from tests.fakes.google_mailbox import Mailbox
from tests.fakes.google_mails import generate_mailbox

OWNER = "alex@jobtrail.example"
SENT_AT = 1_767_225_600.0
NOT_JOB = {"NOT_JOB_RELATED", "JOB_ALERT"}
OWN = "own mail"
PAGE = 500
LIST_UNITS = 5
TIERS = {"a": (Tier.SENDERS,), "b": (Tier.TERMS,), "a+b": (Tier.SENDERS, Tier.TERMS)}


@dataclass(frozen=True, slots=True)
class Case:
    """One mail of a mailbox: its name for people, its class, and the language of its text."""

    id: str
    label: str
    language: str

    @property
    def is_job(self) -> bool:
        return self.label not in NOT_JOB


@dataclass(frozen=True, slots=True)
class Loaded:
    """A mailbox and its mails by the ids that it gave them; `judged` when it is known what they are."""

    name: str
    box: Mailbox
    cases: dict[str, Case]


def load_demo() -> Loaded:
    """The demo mailbox; the owner's own mail counts as job mail where it belongs to an application."""
    box, cases = Mailbox(OWNER), {}
    for raw, known in zip(
        builder.build(date(2026, 3, 2), owner_email=OWNER), builder.expected(), strict=True
    ):
        own = known.direction == "out"
        label = str(known.email_class or (OWN if known.application else "NOT_JOB_RELATED"))
        found = box.add(raw, ("SENT",) if own else ("INBOX",))
        cases[found] = Case(known.message_id, label, "")
    return Loaded("demo mailbox", box, cases)


def load_rows(path: Path) -> Loaded:
    """The labelled mails of a file. ValueError naming the line that can't be used."""
    box, cases = Mailbox(OWNER), {}
    with path.open(encoding="utf-8") as stream:
        for number, line in enumerate(stream, 1):
            if not line.strip():
                continue
            row = json.loads(line)
            if not isinstance(row, dict) or not row.get("label"):
                raise ValueError(f"line {number}: no object with a label")
            found = box.add(to_message(row), at=SENT_AT + number)
            text = f"{row.get('subject') or ''}\n{row.get('body_text') or ''}"
            cases[found] = Case(str(row.get("id", number)), str(row["label"]), language.detect_language(text))
    if not cases:
        raise ValueError("no labelled mail")
    return Loaded(path.name, box, cases)


def to_message(row: dict[str, Any]) -> bytes:
    """The mail of a line. A sender that is not known is one that no search knows."""
    message = EmailMessage()
    address = row.get("from_email") or "sender@unknown.example"
    message["From"] = formataddr((one_line(row.get("from_name")), one_line(address)), charset="utf-8")
    message["To"] = OWNER
    message["Subject"] = one_line(row.get("subject"))
    message.set_content(row.get("body_text") or "")
    return message.as_bytes()


def one_line(value: str | None) -> str:
    return " ".join((value or "").split())


def search(box: Mailbox, tiers: Iterable[Tier], senders: tuple[str, ...] = ()) -> tuple[set[str], int]:
    """The ids that these tiers find, and the units that listing them costs."""
    found: set[str] = set()
    units = 0
    for tier in tiers:
        for query in build_queries(Search(tier, senders=senders)):
            hits = box.find(query)
            found.update(message.id for message in hits)
            units += LIST_UNITS * max(1, math.ceil(len(hits) / PAGE))
    return found, units


def measure(loaded: Loaded) -> dict[str, Any]:
    """Recall of each tier, over all job mail and by class and language, and what else is fetched."""
    cases = loaded.cases
    job = {i for i, case in cases.items() if case.is_job}
    figures: dict[str, Any] = {"mails": len(cases), "job_mail": len(job), "tiers": {}}
    for name, tiers in TIERS.items():
        found, units = search(loaded.box, tiers)
        others = set(cases) - job
        figures["tiers"][name] = {
            "recall": share(len(found & job), len(job)),
            "other": share(len(found & others), len(others)),
            "units": units,
            "by_class": shares(cases, found, "label"),
            "by_language": shares({i: cases[i] for i in job}, found, "language"),
            "missed": sorted(cases[i].id for i in job - found),
        }
    return figures


def shares(cases: dict[str, Case], found: set[str], field: str) -> dict[str, dict[str, float | int | None]]:
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for message_id, case in cases.items():
        groups[getattr(case, field)].append(message_id)
    return {name: share(len(found & set(ids)), len(ids)) for name, ids in sorted(groups.items()) if name}


def share(hits: int, total: int) -> dict[str, float | int | None]:
    return {"share": round(hits / total, 4) if total else None, "hits": hits, "of": total}


def show(name: str, figures: dict[str, Any], *, missed: bool) -> None:
    """Print one mailbox's figures for people."""

    def text(value: dict[str, Any]) -> str:
        return "-" if value["share"] is None else f"{value['share']:.3f} ({value['hits']} of {value['of']})"

    print(f"\n== {name}: {figures['mails']} mails, {figures['job_mail']} about jobs")
    for tier, row in figures["tiers"].items():
        print(f"({tier}) recall {text(row['recall'])}, other mail {text(row['other'])}, {row['units']} units")
    whole = figures["tiers"]["a+b"]
    for field in ("by_class", "by_language"):
        for group, value in whole[field].items():
            print(f"    {group:22} {text(value)}")
    if missed:
        for each in whole["missed"]:
            print(f"    missed: {each}")


def show_volume(count: int) -> dict[str, Any]:
    """How much of a mailbox with a third of job mail is fetched before the rest."""
    box = generate_mailbox(count, seed=1, until=SENT_AT)
    found, units = search(box, TIERS["a+b"])
    print(f"\n== generated mailbox: {count} mails, about a third of them about jobs")
    print(f"(a+b) {len(found)} found, {units} units to list them")
    return {"mails": count, "found": len(found), "units": units}


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; 0 when everything could be measured."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, help="labelled mails, one JSON object per line")
    parser.add_argument("--json", type=Path, help="write all figures here as well")
    parser.add_argument("--missed", action="store_true", help="name the job mail that is not found")
    chosen = parser.parse_args(arguments)
    mailboxes = [load_demo()]
    if chosen.data is not None:
        try:
            mailboxes.append(load_rows(chosen.data))
        except (OSError, ValueError) as problem:
            print(f"{chosen.data}: {problem}", file=sys.stderr)
            return 2
    result: dict[str, Any] = {}
    for loaded in mailboxes:
        result[loaded.name] = measure(loaded)
        show(loaded.name, result[loaded.name], missed=chosen.missed)
    result["generated"] = show_volume(2000)
    if chosen.json:
        chosen.json.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
