"""Who is to act, what went quiet, where an application came from."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app.applications.derive import OpenItem, SourceHint, is_stale, next_action, source_from, waiting_on

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("stage", "items", "direction", "wanted"),
    [
        ("interview", 1, "out", "me"),
        ("interview", 0, "out", "them"),
        ("applied", 0, "in", None),
        ("applied", 0, None, None),
        ("rejected", 2, "out", None),
        ("saved", 0, "out", None),
        ("accepted", 1, "in", None),
    ],
)
def test_whose_move_it_is(stage: str, items: int, direction: str | None, wanted: str | None) -> None:
    assert waiting_on(stage, items, direction) == wanted


def test_quiet_for_longer_than_three_weeks() -> None:
    assert not is_stale(NOW - timedelta(days=21), NOW)
    assert is_stale(NOW - timedelta(days=21, seconds=1), NOW)
    assert is_stale(NOW - timedelta(days=8), NOW, days=7)


def test_the_next_action_is_the_one_due_first() -> None:
    undated = OpenItem(1, "reply", "Answer Ada")
    late = OpenItem(2, "assessment", "Take the test", NOW + timedelta(days=3))
    soon = OpenItem(3, "schedule", "Choose a time", NOW + timedelta(days=1))
    done = OpenItem(4, "reply", "Answer Bo", NOW, done=True)
    assert next_action([undated, late, soon, done]) == soon
    assert next_action([undated, done]) == undated
    assert next_action([done]) is None
    assert next_action([]) is None


def hint(
    sender: str, email_class: str | None = "APPLICATION_RECEIVED", day: int = 0, subject: str = "Hello"
) -> SourceHint:
    return SourceHint(NOW + timedelta(days=day), sender, "", subject, email_class)


@pytest.mark.parametrize(
    ("mails", "wanted"),
    [
        ([hint("jobs-noreply@linkedin.com")], "linkedin"),
        ([hint("no-reply@us.greenhouse-mail.io"), hint("jobs-noreply@linkedin.com", day=1)], "linkedin"),
        ([hint("indeedapply@indeed.com")], "indeed"),
        ([hint("no-reply@us.greenhouse-mail.io")], "company_site"),
        ([hint("jobs@fernhollow.com")], "company_site"),
        ([hint("ada@brightpeople.com", "RECRUITER_OUTREACH"), hint("jobs@fernhollow.com", day=2)], "agency"),
        ([hint("ada@fernhollow.com", "RECRUITER_OUTREACH")], "other"),
        ([hint("jobs@fernhollow.com", subject="You were referred to Fernhollow")], "referral"),
        ([hint("ada@fernhollow.com", "INTERVIEW_REQUEST")], "unknown"),
        ([hint("someone@gmail.com")], "unknown"),
        ([], "unknown"),
    ],
)
def test_where_it_came_from(mails: list[SourceHint], wanted: str) -> None:
    assert source_from(mails, "fernhollow") == wanted
    assert source_from(list(reversed(mails)), "fernhollow") == wanted
