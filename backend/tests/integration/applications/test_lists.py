"""Lists of applications and their timelines."""

from __future__ import annotations

from datetime import datetime

import pytest

from app.applications.models import Stage
from tests.factories.imports import feed, import_mails, items
from tests.factories.mailboxes import candidacy
from tests.integration.conftest import Person

LONG = candidacy(
    "Larkspur Systems", "Data Engineer", "received", "assessment", "interview", "interview", "offer"
)


@pytest.fixture
def mailbox(ana: Person) -> Person:
    """Ana, whose 110 mails were read before the test began."""
    return ana


@pytest.mark.prepared("generated")
def test_pages_hold_everything_once(mailbox: Person) -> None:
    whole = items(mailbox.http, "/api/applications")
    assert len(whole) >= 15
    ids = [a["id"] for a in whole]
    assert len(set(ids)) == len(ids)
    for sort in (
        "company",
        "-company",
        "stage",
        "next_due",
        "-next_due",
        "received_date",
        "title",
        "last_activity",
    ):
        seen: list[int] = []
        while True:
            page = mailbox.http.get(
                "/api/applications", params={"sort": sort, "limit": 7, "offset": len(seen)}
            ).json()
            seen += [a["id"] for a in page["items"]]
            if not page["items"]:
                break
        assert sorted(seen) == sorted(ids), sort


@pytest.mark.prepared("generated")
def test_sorted_as_asked(mailbox: Person) -> None:
    for sort, key in (("received_date", "received_date"), ("last_activity", "last_activity_at")):
        rows = [datetime.fromisoformat(a[key]) for a in items(mailbox.http, "/api/applications", sort=sort)]
        assert rows == sorted(rows)
        down = [
            datetime.fromisoformat(a[key]) for a in items(mailbox.http, "/api/applications", sort=f"-{sort}")
        ]
        assert down == sorted(rows, reverse=True)


@pytest.mark.prepared("generated")
def test_filters_split_the_list(mailbox: Person) -> None:
    whole = items(mailbox.http, "/api/applications")
    by_stage = {stage.value: items(mailbox.http, "/api/applications", stage=stage.value) for stage in Stage}
    assert sum(map(len, by_stage.values())) == len(whole)
    for stage, rows in by_stage.items():
        assert {a["stage"] for a in rows} <= {stage}
        assert rows == items(mailbox.http, "/api/applications", status=stage)
    for category in {a["category"] for a in whole if a["category"]}:
        rows = items(mailbox.http, "/api/applications", status=category)
        assert {a["category"] for a in rows} == {category}
    early = items(mailbox.http, "/api/applications", before="2026-01-20")
    late = items(mailbox.http, "/api/applications", after="2026-01-20")
    assert len(early) + len(late) == len(whole)
    assert early
    assert late


@pytest.mark.prepared("generated")
def test_the_board_counts_what_the_list_holds(mailbox: Person) -> None:
    for narrowed in ({}, {"before": "2026-01-20"}, {"stage": "applied"}):
        whole = items(mailbox.http, "/api/applications", **narrowed)
        board = mailbox.http.get("/api/applications/board", params=narrowed).json()["columns"]
        assert [column["stage"] for column in board] == [stage.value for stage in Stage]
        for column in board:
            days = sorted(a["days_in_stage"] for a in whole if a["stage"] == column["stage"])
            assert column["count"] == len(days)
            assert column["median_days"] == (days[len(days) // 2] if days else None), (narrowed, column)


@pytest.mark.prepared("generated")
def test_part_of_a_company_name_and_pinned_ones(mailbox: Person) -> None:
    whole = items(mailbox.http, "/api/applications")
    name = next(a["company_name"] for a in whole if a["company_name"])
    found = items(mailbox.http, "/api/applications", company=name[1:-1].upper())
    assert {a["id"] for a in found} == {
        a["id"] for a in whole if name[1:-1].lower() in (a["company_name"] or "").lower()
    }
    assert items(mailbox.http, "/api/applications", company="100%_\x00") == []
    pinned = whole[3]["id"]
    mailbox.http.patch(f"/api/applications/{pinned}", json={"pinned": True}).raise_for_status()
    assert [a["id"] for a in items(mailbox.http, "/api/applications", pinned="true")] == [pinned]
    assert len(items(mailbox.http, "/api/applications", pinned="false")) == len(whole) - 1


def test_a_timeline_page_by_page(ana: Person) -> None:
    import_mails(ana.http, LONG)
    (application,) = items(ana.http, "/api/applications")
    for n in range(6):
        ana.http.patch(f"/api/applications/{application['id']}", json={"location": f"Place {n}"})
    path = f"/api/v1/applications/{application['id']}/timeline"
    whole = feed(ana.http, path)
    assert len(whole) >= 14
    ids = [line["id"] for line in whole]
    assert len(set(ids)) == len(ids)
    moments = [datetime.fromisoformat(line["at"]) for line in whole]
    assert moments == sorted(moments, reverse=True)
    for limit in (1, 2, 3, 5, 100):
        assert feed(ana.http, path, limit=limit) == whole
    types = {line["type"] for line in whole}
    assert types >= {"application_created", "stage_changed", "application_updated"}
    automatic = [line for line in whole if line["email_id"]]
    assert automatic
    for line in automatic:
        assert line["sentence"]
        mail = ana.http.get(f"/api/emails/{line['email_id']}").json()
        assert mail["application_id"] == application["id"]
        if line["why"]:
            assert line["why"]["reasoning"]
            assert 0 < line["why"]["confidence"] <= 1


def test_new_lines_between_two_pages_lose_none(ana: Person) -> None:
    import_mails(ana.http, LONG[:3])
    (application,) = items(ana.http, "/api/applications")
    path = f"/api/v1/applications/{application['id']}/timeline"
    before = [line["id"] for line in feed(ana.http, path)]
    first = ana.http.get(path, params={"limit": 2}).json()
    ana.http.patch(f"/api/applications/{application['id']}", json={"location": "Somewhere"})
    rest = feed(ana.http, path, limit=2, cursor=first["next_cursor"])
    assert [line["id"] for line in first["items"] + rest] == before


STRANGE_CURSORS = ("x", "AAAA", "W10", "WzEsMl0", "bnVsbA", "e30", "WyJ4IiwieSJd", "\x00")


def test_cursors_that_are_not_ours(ana: Person) -> None:
    import_mails(ana.http, LONG[:1])
    (application,) = items(ana.http, "/api/applications")
    (run,) = items(ana.http, "/api/runs")
    for path in (f"/api/v1/applications/{application['id']}/timeline", f"/api/runs/{run['job_id']}/messages"):
        for cursor in STRANGE_CURSORS:
            answer = ana.http.get(path, params={"cursor": cursor})
            assert answer.status_code in {400, 422}, (cursor, answer.text)
            assert answer.headers["content-type"] == "application/problem+json"


def test_what_is_not_there(ana: Person) -> None:
    for path in ("/api/applications/1", "/api/v1/applications/1/timeline", "/api/emails/1"):
        assert ana.http.get(path).status_code == 404
    for number in ("0", "-1", "2147483648", "abc", "1e3"):
        assert ana.http.get(f"/api/applications/{number}").status_code == 422
