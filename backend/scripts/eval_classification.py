"""Measure classification on labelled mail: `eval_classification.py --data FILE.jsonl [--json OUT]`.

The file has one JSON object per line with `label` (an email class), `subject`, `body_text`, and where known
`source`, `kind`, `from_name`, `from_email`, `date`, `company`, `job_title`. Nothing is trained on it. Exit
status 1 when a figure is worse than `eval_floors.toml` allows (on 100 mails or more), 2 when the file can't be
read or holds no labelled mail.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import sys
import tempfile
import time
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from app.classification import service
from app.classification.values import EmailClass, EmailValue, ThreadContext, Verdict
from app.companies.service import company_key, company_similarity, title_key, title_similarity

NOT_JOB = {EmailClass.NOT_JOB_RELATED, EmailClass.JOB_ALERT}
ADVANCE = {EmailClass.INTERVIEW_REQUEST, EmailClass.OFFER}
SURE = 0.8
SAME_NAME = 0.85
BINS = 10
FLOORS = Path(__file__).with_name("eval_floors.toml")
BATCH = 100


@dataclass(frozen=True, slots=True)
class Case:
    """One labelled mail and its verdict."""

    row: dict[str, Any]
    label: EmailClass
    verdict: Verdict

    @property
    def right(self) -> bool:
        return self.verdict.email_class is self.label


def read_rows(path: Path) -> list[dict[str, Any]]:
    """The labelled lines of the file. ValueError naming the line that has no known label."""
    rows = []
    with path.open(encoding="utf-8") as stream:
        for number, line in enumerate(stream, 1):
            if not line.strip():
                continue
            row = json.loads(line)
            if not isinstance(row, dict) or row.get("label") not in set(EmailClass):
                raise ValueError(f"line {number}: no object with a known label")
            rows.append(row)
    if not rows:
        raise ValueError("no labelled mail")
    return rows


def to_email(row: dict[str, Any]) -> EmailValue:
    """The mail of a line; a date without a zone counts as UTC."""
    received = None
    if row.get("date"):
        received = datetime.fromisoformat(str(row["date"]))
        received = received.replace(tzinfo=received.tzinfo or UTC).astimezone(UTC)
    return EmailValue(
        subject=row.get("subject") or "",
        sender_name=row.get("from_name") or "",
        sender_email=row.get("from_email") or "",
        text=row.get("body_text") or "",
        received_at=received,
    )


def interval(hits: int, total: int) -> tuple[float, float]:
    """The 95 % Wilson interval of a share."""
    if not total:
        return 0.0, 1.0
    z, share = 1.959964, hits / total
    middle = (share + z * z / (2 * total)) / (1 + z * z / total)
    half = z / (1 + z * z / total) * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    return max(0.0, middle - half), min(1.0, middle + half)


def share(hits: int, total: int) -> dict[str, Any]:
    low, high = interval(hits, total)
    return {
        "value": round(hits / total, 4) if total else None,
        "low": round(low, 4),
        "high": round(high, 4),
        "n": total,
    }


def per_class(cases: Sequence[Case]) -> dict[str, dict[str, float]]:
    """Precision, recall, F1 and count of every class that occurs."""
    figures = {}
    for email_class in EmailClass:
        truth = sum(c.label is email_class for c in cases)
        said = sum(c.verdict.email_class is email_class for c in cases)
        both = sum(c.right and c.label is email_class for c in cases)
        precision, recall = both / said if said else 0.0, both / truth if truth else 0.0
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        if truth or said:
            figures[email_class.value] = {
                "precision": round(precision, 4), "recall": round(recall, 4), "f1": round(f1, 4), "n": truth
            }  # fmt: skip
    return figures


def gate(cases: Sequence[Case]) -> dict[str, Any]:
    """Job-related or not; a mail that is marked unsure counts as kept."""
    kept = [c for c in cases if c.verdict.unsure or c.verdict.email_class not in NOT_JOB]
    related = [c for c in cases if c.label not in NOT_JOB]
    both = sum(c.label not in NOT_JOB for c in kept)
    return {"precision": share(both, len(kept)), "recall": share(both, len(related))}


def calibration(cases: Sequence[Case]) -> float:
    """Expected calibration error over ten bins of equal mass."""
    ranked = sorted(cases, key=lambda c: c.verdict.confidence)
    error = 0.0
    for index in range(BINS):
        chunk = ranked[index * len(ranked) // BINS : (index + 1) * len(ranked) // BINS]
        if chunk:
            confidence = sum(c.verdict.confidence for c in chunk) / len(chunk)
            error += abs(confidence - sum(c.right for c in chunk) / len(chunk)) * len(chunk) / len(ranked)
    return round(error, 4)


def flips(cases: Sequence[Case]) -> list[str]:
    """Rejections read as interview or offer, and the reverse, at a confidence of 0.8 or more."""
    found = []
    for case in cases:
        said = case.verdict.email_class
        lost = case.label is EmailClass.REJECTION and said in ADVANCE
        won = case.label in ADVANCE and said is EmailClass.REJECTION
        if (lost or won) and case.verdict.confidence >= SURE:
            found.append(str(case.row.get("id", "?")))
    return found


def names(cases: Iterable[Case], field: str) -> dict[str, Any]:
    """How often the company or title was found, over job mails that state it literally."""
    hits = total = wrong = 0
    for case in cases:
        wanted = case.row.get("company" if field == "company_name" else "job_title")
        if not wanted or case.label in NOT_JOB:
            continue
        text = f"{case.row.get('subject')} {case.row.get('from_name')} {case.row.get('body_text')}".lower()
        if wanted.lower() not in " ".join(text.split()):
            continue
        total += 1
        got = getattr(case.verdict.entities, field)
        match = got is not None and (_alike(field, got, wanted) or got.lower() == wanted.lower())
        hits += match
        wrong += got is not None and not match
    return {**share(hits, total), "wrong": wrong}


def _alike(field: str, got: str, wanted: str) -> bool:
    """Whether two names are one, by the keys that linking compares."""
    if field == "company_name":
        return company_similarity(company_key(got), company_key(wanted)) >= SAME_NAME
    return title_similarity(title_key(got), title_key(wanted)) >= SAME_NAME


def summarise(cases: Sequence[Case]) -> dict[str, Any]:
    """All figures of a set of mails."""
    classes = per_class(cases)
    large = [f["f1"] for f in classes.values() if f["n"] >= 15]
    confusion: dict[str, Counter[str]] = defaultdict(Counter)
    for case in cases:
        confusion[case.label.value][case.verdict.email_class.value] += 1
    return {
        "n": len(cases),
        "accuracy": share(sum(c.right for c in cases), len(cases)),
        "macro_f1": round(sum(large) / len(large), 4) if large else None,
        "macro_f1_all": round(sum(f["f1"] for f in classes.values()) / len(classes), 4),
        "classes": classes,
        "confusion": {label: dict(row) for label, row in confusion.items()},
        "gate": gate(cases),
        "ece": calibration(cases),
        "unsure": share(sum(c.verdict.unsure for c in cases), len(cases)),
        "needs_review": share(sum(c.verdict.needs_review for c in cases), len(cases)),
        "flips": flips(cases),
        "company": names(cases, "company_name"),
        "title": names(cases, "job_title"),
    }


def by_source(cases: Sequence[Case]) -> dict[str, Any]:
    """The average over sources, each counting once. None is trained on, so each one was left out."""
    groups: dict[str, list[Case]] = defaultdict(list)
    for case in cases:
        groups[str(case.row.get("source", "?"))].append(case)
    accuracies = {name: sum(c.right for c in group) / len(group) for name, group in groups.items()}
    f1 = [sum(f["f1"] * f["n"] for f in per_class(g).values()) / len(g) for g in groups.values()]
    return {
        "sources": len(groups),
        "accuracy": round(sum(accuracies.values()) / len(groups), 4),
        "weighted_f1": round(sum(f1) / len(f1), 4),
        "each": {name: [round(value, 4), len(groups[name])] for name, value in sorted(accuracies.items())},
    }


def below_floors(result: dict[str, Any], path: Path = FLOORS) -> list[str] | None:
    """One line for each figure that is worse than the floors allow; None when the set is too small to say."""
    floors = tomllib.loads(path.read_text(encoding="utf-8"))
    pooled = result["pooled"]
    if pooled["n"] < floors["least_mails"]:
        return None
    figures = {
        "accuracy": pooled["accuracy"]["value"],
        "macro_f1": pooled["macro_f1"],
        "gate_precision": pooled["gate"]["precision"]["value"],
        "gate_recall": pooled["gate"]["recall"]["value"],
        "company": pooled["company"]["value"],
        "title": pooled["title"]["value"],
        "sources_accuracy": result["leave_one_source_out"]["accuracy"],
        "flips": len(pooled["flips"]),
        "ece": pooled["ece"],
        "unsure": pooled["unsure"]["value"],
    }
    told = []
    for name, floor in floors["at_least"].items():
        if figures[name] is not None and figures[name] < floor:
            told.append(f"{name} is {figures[name]}, below {floor}")
    for name, most in floors["at_most"].items():
        if figures[name] is not None and figures[name] > most:
            told.append(f"{name} is {figures[name]}, above {most}")
    return told


def errors_by(cases: Sequence[Case], field: str) -> dict[str, tuple[int, int]]:
    """(errors, mails) by the value of a field, most errors first; `label` is the class that a mail has."""
    counted: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for case in cases:
        row = counted[str(case.row.get(field, "?"))]
        row[0] += not case.right
        row[1] += 1
    return {name: (row[0], row[1]) for name, row in sorted(counted.items(), key=lambda pair: -pair[1][0])}


def measure_speed(emails: Sequence[EmailValue]) -> dict[str, float]:
    """Mails per second of this process's CPU time, in batches of 100 and one by one."""
    pairs = [(email, ThreadContext()) for email in emails]
    service.classify(pairs[:BATCH])
    begin = time.process_time()
    for start in range(0, len(pairs), BATCH):
        service.classify(pairs[start : start + BATCH])
    batched = time.process_time() - begin
    some = pairs[: 2 * BATCH]
    begin = time.process_time()
    for email, context in some:
        service.classify_one(email, context)
    single = time.process_time() - begin
    return {
        "batches_per_second": round(len(pairs) / batched, 1),
        "single_per_second": round(len(some) / single, 1),
    }


def show(name: str, figures: dict[str, Any]) -> None:
    """Print one set of figures for people."""

    def text(value: dict[str, Any]) -> str:
        if value["value"] is None:
            return "none"
        return f"{value['value']:.3f} [{value['low']:.3f}, {value['high']:.3f}] n={value['n']}"

    print(f"\n== {name}: {figures['n']} mails")
    found = figures["gate"]
    print(f"accuracy {text(figures['accuracy'])}")
    print(f"macro-F1 (n >= 15) {figures['macro_f1']}   all classes {figures['macro_f1_all']}")
    print(f"gate precision {text(found['precision'])}   recall {text(found['recall'])}")
    print(f"ECE {figures['ece']}   unsure {text(figures['unsure'])}")
    print(f"needs review {text(figures['needs_review'])}")
    print(f"flips at >= {SURE}: {len(figures['flips'])} {figures['flips']}")
    for field in ("company", "title"):
        print(f"{field} {text(figures[field])}   wrong {figures[field]['wrong']}")
    print(f"{'class':22}{'precision':>10}{'recall':>8}{'F1':>8}{'n':>6}")
    for label, row in figures["classes"].items():
        print(f"{label:22}{row['precision']:>10.3f}{row['recall']:>8.3f}{row['f1']:>8.3f}{row['n']:>6}")
    labels = [c.value for c in EmailClass]
    print("confusion (rows are labels): " + " ".join(label[:9] for label in labels))
    for label in labels:
        row = figures["confusion"].get(label, {})
        print(f"  {label:22}" + "".join(f"{row.get(other, 0):>10}" for other in labels))


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; the exit status."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", required=True, type=Path)
    parser.add_argument("--json", type=Path, help="write all figures here as well")
    parser.add_argument("--cache", type=Path, help="folder of the trained model (default: a temporary one)")
    parser.add_argument("--errors", action="store_true", help="list the wrong ones by id, label and verdict")
    chosen = parser.parse_args(arguments)
    try:
        rows = read_rows(chosen.data)
    except (OSError, ValueError) as problem:
        print(f"{chosen.data}: {problem}", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as temporary:
        begin = time.perf_counter()
        service.warm_up(chosen.cache or Path(temporary))
        ready = time.perf_counter() - begin
    emails = [to_email(row) for row in rows]
    verdicts = service.classify([(email, ThreadContext()) for email in emails])
    cases = [
        Case(row, EmailClass(row["label"]), verdict) for row, verdict in zip(rows, verdicts, strict=True)
    ]
    kinds = sorted({str(row.get("kind", "?")) for row in rows})
    result: dict[str, Any] = {
        "data": chosen.data.name,
        "pipeline_version": service.PIPELINE_VERSION,
        "seconds_until_ready": round(ready, 1),
        "pooled": summarise(cases),
        "leave_one_source_out": by_source(cases),
        "kinds": {
            kind: summarise([c for c in cases if str(c.row.get("kind", "?")) == kind]) for kind in kinds
        },
        "errors": {field: errors_by(cases, field) for field in ("label", "kind")},
        "speed": measure_speed(emails),
        "cores": os.cpu_count(),
    }
    show("pooled", result["pooled"])
    for kind in kinds:
        show(kind, result["kinds"][kind])
    sources = result["leave_one_source_out"]
    print(f"\naverage over {sources['sources']} sources: accuracy {sources['accuracy']}")
    print(f"weighted F1 over sources: {sources['weighted_f1']}")
    for field, counted in result["errors"].items():
        print(
            f"errors by {field}: " + ", ".join(f"{name} {n} of {all_}" for name, (n, all_) in counted.items())
        )
    print(f"speed: {result['speed']}   ready after {result['seconds_until_ready']} s")
    print(f"pipeline {result['pipeline_version']}")
    if chosen.errors:
        for case in cases:
            if not case.right:
                said = case.verdict
                print(f"{case.row.get('id')}: {case.label.value} read as {said.email_class.value}", end=" ")
                print(f"{said.confidence} {said.reasoning}")
    if chosen.json:
        chosen.json.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    missed = below_floors(result)
    if missed is None:
        print("floors: too few mails to judge by")
        return 0
    print("floors: " + ("; ".join(missed) if missed else "all kept"))
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main())
