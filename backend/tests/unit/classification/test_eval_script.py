"""The measuring script: it reads its file, refuses what it can't read, and counts right."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).resolve().parents[3] / "scripts" / "eval_classification.py"


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("eval_classification", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    import sys

    sys.modules["eval_classification"] = module
    spec.loader.exec_module(module)
    return module


def test_it_measures_a_file(
    script: ModuleType, model_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [
        {
            "id": "a",
            "source": "one",
            "kind": "made",
            "label": "REJECTION",
            "subject": "Your application",
            "company": "Bluefern",
            "body_text": "Thank you for applying to Bluefern. Sadly, we have chosen another candidate.",
        },
        {
            "id": "b",
            "source": "two",
            "kind": "made",
            "label": "OFFER",
            "subject": "Order",
            "date": "2026-03-02T10:00:00",
            "body_text": "Your order has shipped. Thank you for your purchase.",
        },
    ]
    data, out = tmp_path / "mails.jsonl", tmp_path / "figures.json"
    data.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    assert (
        script.main(["--data", str(data), "--json", str(out), "--cache", str(model_folder), "--errors"]) == 0
    )
    figures = json.loads(out.read_text(encoding="utf-8"))
    pooled = figures["pooled"]
    assert pooled["accuracy"]["value"] == 0.5
    assert pooled["classes"]["REJECTION"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0, "n": 1}
    assert pooled["confusion"]["OFFER"] == {"NOT_JOB_RELATED": 1}
    assert pooled["gate"]["recall"]["value"] == 0.5
    assert figures["leave_one_source_out"]["accuracy"] == 0.5
    assert pooled["company"]["value"] == 1.0
    printed = capsys.readouterr().out
    assert "b: OFFER read as NOT_JOB_RELATED" in printed


@pytest.mark.parametrize("content", ["", "no json", '{"label": "SOMETHING"}', "[1]"])
def test_it_refuses_what_it_cannot_read(script: ModuleType, tmp_path: Path, content: str) -> None:
    data = tmp_path / "mails.jsonl"
    data.write_text(content, encoding="utf-8")
    assert script.main(["--data", str(data)]) == 2
    assert script.main(["--data", str(tmp_path / "missing.jsonl")]) == 2


def test_the_interval_is_wilsons(script: ModuleType) -> None:
    low, high = script.interval(9, 10)
    assert (round(low, 3), round(high, 3)) == (0.596, 0.982)
    assert script.interval(0, 0) == (0.0, 1.0)


def figures(**worse: float) -> dict[str, object]:
    """A set of a hundred mails in which everything is well, but for what is `worse`."""
    good = {
        "accuracy": 1.0, "macro_f1": 1.0, "gate_precision": 1.0, "gate_recall": 1.0, "company": 1.0, "title": 1.0,
        "sources_accuracy": 1.0, "flips": 0, "ece": 0.0, "unsure": 0.0, "n": 100,
    } | worse  # fmt: skip
    shares = {name: {"value": good[name]} for name in ("accuracy", "company", "title", "unsure")}
    gate = {"precision": {"value": good["gate_precision"]}, "recall": {"value": good["gate_recall"]}}
    pooled = {"n": good["n"], "macro_f1": good["macro_f1"], "ece": good["ece"], "gate": gate, **shares}
    pooled["flips"] = ["a mail"] * int(good["flips"])
    return {"pooled": pooled, "leave_one_source_out": {"accuracy": good["sources_accuracy"]}}


@pytest.mark.parametrize(
    ("worse", "said"),
    [
        ({}, []),
        ({"accuracy": 0.92}, ["accuracy is 0.92, below 0.93"]),
        ({"gate_recall": 0.9, "flips": 1}, ["gate_recall is 0.9, below 0.98", "flips is 1, above 0"]),
        ({"unsure": 0.2, "ece": 0.07}, ["ece is 0.07, above 0.06", "unsure is 0.2, above 0.08"]),
        ({"accuracy": 0.1, "n": 99}, None),
    ],
)
def test_the_floors_decide(script: ModuleType, worse: dict[str, float], said: list[str] | None) -> None:
    assert script.below_floors(figures(**worse)) == said
