"""The script that measures the search for job mail."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scripts import eval_query

ROWS = [
    {"id": "1", "label": "REJECTION", "subject": "Your application", "body_text": "Other candidates."},
    {"id": "2", "label": "OFFER", "subject": "Monday", "body_text": "Bring bread.", "from_email": None},
    {
        "id": "3",
        "label": "NOT_JOB_RELATED",
        "subject": "Your\nparcel",
        "body_text": "On its way.",
        "from_email": "x@shop.example",
    },
    {
        "id": "4",
        "label": "INTERVIEW_REQUEST",
        "subject": "Hi",
        "body_text": "",
        "from_email": "no-reply@hire.lever.co",
    },
]


def test_it_tells_what_is_found_and_what_comes_along(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data, out = tmp_path / "mails.jsonl", tmp_path / "figures.json"
    data.write_text("\n".join(json.dumps(row) for row in ROWS) + "\n\n")
    assert eval_query.main(["--data", str(data), "--json", str(out), "--missed"]) == 0
    figures = json.loads(out.read_text())
    tiers = figures["mails.jsonl"]["tiers"]
    assert [tiers[name]["recall"]["hits"] for name in ("a", "b", "a+b")] == [1, 1, 2]
    assert tiers["a+b"]["recall"]["of"] == 3
    assert tiers["a+b"]["other"] == {"share": 0.0, "hits": 0, "of": 1}
    assert tiers["a+b"]["missed"] == ["2"]
    assert figures["demo mailbox"]["tiers"]["a+b"]["recall"]["share"] >= 0.97
    assert "missed: 2" in capsys.readouterr().out


@pytest.mark.parametrize("content", ["", "[]\n", "not json\n", '{"subject": "no label"}\n'])
def test_what_it_cannot_read_it_says(
    content: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = tmp_path / "mails.jsonl"
    data.write_text(content)
    assert eval_query.main(["--data", str(data)]) == 2
    assert str(data) in capsys.readouterr().err
