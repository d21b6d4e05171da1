"""What Google answers badly: limits, breakdowns, broken batches."""

from __future__ import annotations

from typing import Any

import pytest

from tests.integration.mailsync.faults.conftest import Case

pytestmark = pytest.mark.one_database

PARTS: dict[str, dict[str, Any]] = {
    "10 % limited": {"part_shares": {"429": 0.1}},
    "50 % limited": {"part_shares": {"429": 0.5}, "retry_after_s": 0.1},
    "403 for the rate": {"part_shares": {"403": 0.2}, "retry_after_s": 0.1},
    "500 and 503": {"part_shares": {"500": 0.1, "503": 0.1}},
    "missing parts": {"part_shares": {"missing": 0.1}},
    "truncated parts": {"part_shares": {"truncated": 0.1}},
    "parts that are no JSON": {"part_shares": {"not_json": 0.1}},
    "parts of another shape": {"part_shares": {"odd": 0.1}},
    "dropped connections": {"next_requests": ["", "dropped", "", "dropped", "", "", "dropped", "dropped"]},
    "broken batches": {"next_requests": ["", "", "truncated", "not_json", "503", "truncated"]},
    "a hung request": {"next_requests": ["", "", "hang"], "hang_s": 1.0},
}


@pytest.mark.parametrize("what", PARTS)
def test_everything_arrives_in_one_run(case: Case, what: str) -> None:
    case.google.faults.set(**PARTS[what])
    run = case.sync()
    assert (run["state"], run["errors"]) == ("done", 0), run["error"]
    case.check()
    assert case.state.last_history_id == case.box.history_id
