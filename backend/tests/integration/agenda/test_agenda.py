"""The day over the API: out of real mail, put off, done, waited for, seen."""

from __future__ import annotations

from datetime import timedelta
from email.utils import format_datetime
from typing import Any

from app.core.clock import now
from tests.factories.imports import import_mails
from tests.factories.mails import make_mail
from tests.integration.conftest import Person


def received(company: str, days_ago: int, text: str, subject: str = "Your application") -> bytes:
    key = company.lower()
    return make_mail(
        text,
        subject=f"{subject} at {company}",
        sender=f"{company} Jobs <jobs@{key}.example>",
        message_id=f"<{subject.lower().replace(' ', '-')}-{days_ago}@{key}.example>",
        date=format_datetime(now() - timedelta(days=days_ago)),
    )


def day(person: Person) -> dict[str, Any]:
    answer = person.http.get("/api/agenda")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_a_day(ana: Person, bob: Person) -> None:
    due = now() + timedelta(days=3)
    import_mails(
        ana.http,
        [
            received("Larkspur", 12, "Dear Alex, we received your application as Gardener at Larkspur. Thank you."),
            received(
                "Foxglove",
                1,
                "Dear Alex, thank you for applying as Florist at Foxglove. Please complete this coding assessment "
                f"by {due:%d %B %Y}: https://www.hackerrank.com/tests/abc",
                "Your assessment",
            ),
            received(
                "Bellflower", 2,
                "Dear Alex, thank you for your interest in the Botanist position at Bellflower. Unfortunately we have "
                "decided to move forward with other candidates.",
            ),
        ],
    )  # fmt: skip
    shown = day(ana)
    (test,) = shown["this_week"]
    assert (test["company_name"], test["verb"], test["link"]) == (
        "Foxglove",
        "open_test",
        "https://www.hackerrank.com/tests/abc",
    )
    (waiting,) = shown["waiting"]
    assert (waiting["company_name"], waiting["verb"], waiting["day"]) == ("Larkspur", "follow_up", 12)
    assert sorted((n["company_name"], n["what"]) for n in shown["news"]) == [
        ("Bellflower", "rejected"),
        ("Foxglove", "assessment"),
        ("Larkspur", "applied"),
    ]
    assert day(bob)["news"] == []

    item = f"/api/action-items/{test['ref_id']}"
    ana.http.post(f"{item}/snooze", json={"until": (now() + timedelta(days=1)).isoformat()})
    assert (day(ana)["this_week"], day(ana)["snoozed"]) == ([], 1)
    ana.http.post(f"{item}/snooze", json={"until": None})
    ana.http.patch(item, json={"done": True})
    assert (day(ana)["this_week"], day(ana)["snoozed"]) == ([], 0)

    reminders = f"/api/applications/{waiting['application_id']}/reminders"
    ana.http.post(reminders, json={"text": "Write again", "due_at": (now() - timedelta(days=1)).isoformat()})
    later = day(ana)
    assert [(one["title"], one["kind"], one["verb"]) for one in later["overdue"]] == [
        ("Write again", "reminder", "done")
    ]
    assert later["waiting"] == [], "it is on the list already"
    lines = ana.http.get(f"/api/v1/applications/{waiting['application_id']}/timeline").json()["items"]
    assert [line["sentence"] for line in lines if line["type"] == "reminder_due"] == [
        "Reminder: ‘Write again’"
    ]

    soon = (now() + timedelta(minutes=10)).isoformat()
    path = f"/api/applications/{waiting['application_id']}/schedule"
    body = {"calendar_event_at": soon, "title": "Talk", "location": "https://meet.example.com/x"}
    ana.http.post(path, json=body)
    both = [*day(ana)["due_today"], *day(ana)["this_week"]]
    assert [(one["title"], one["verb"]) for one in both] == [("Talk", "join")]

    marked = ana.http.post("/api/seen", json={"application_ids": [waiting["application_id"]]})
    assert marked.json()["applications"] == 1
    assert len(day(ana)["news"]) == 2
    assert bob.http.post("/api/seen", json={}).json()["applications"] == 0
    assert ana.http.post("/api/seen", json={}).json()["applications"] == 2
    assert (day(ana)["news"], day(ana)["news_since"]) == ([], None)
