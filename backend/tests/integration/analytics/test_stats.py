"""Figures against counts by hand."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

import pytest

from app.applications.derive import STALE_DAYS
from app.core.clock import now
from tests.factories.imports import import_mails, items
from tests.factories.mailboxes import candidacy
from tests.integration.conftest import Person


def test_an_empty_account(ana: Person) -> None:
    stats = ana.http.get("/api/stats").json()
    ever = stats.pop("ever")
    assert stats.pop("stale_days") == STALE_DAYS
    assert set(stats.values()) == set(ever.values()) == {0}


def test_stories_by_hand(ana: Person, bob: Person) -> None:
    """Nine applications whose end is known."""
    stories = [
        ("Larkspur Systems", "Data Engineer", ("received",)),
        ("Otter Bank", "Data Analyst", ("received",)),
        ("Wagtail Labs", "Software Engineer", ("received", "interview")),
        ("Thistle Works", "Product Manager", ("received", "assessment")),
        ("Bramble Foods", "Controller", ("received", "interview", "offer")),
        ("Pebble Health", "Data Engineer", ("received", "rejection")),
        ("Juniper Rail", "Site Manager", ("received", "interview", "rejection")),
        ("Hazel Media", "Copy Editor", ("received", "assessment", "interview", "rejection")),
        ("Sorrel Energy", "Electrician", ("received", "rejection")),
    ]
    import_mails(
        ana.http, [m for company, title, steps in stories for m in candidacy(company, title, *steps)]
    )
    import_mails(bob.http, candidacy("Larkspur Systems", "Data Engineer", "received"))
    stats = ana.http.get("/api/stats").json()
    assert stats["total"] == 9
    stages = (
        "saved",
        "applied",
        "assessments",
        "interviews",
        "offers",
        "accepted",
        "rejections",
        "withdrawn",
    )
    assert [stats[name] for name in stages] == [0, 2, 1, 1, 1, 0, 4, 0]
    assert stats["pending"] == 4
    assert stats["ever"] == {
        "applied": 9,
        "assessment": 5,
        "interview": 4,
        "offer": 1,
        "accepted": 0,
        "rejected": 4,
    }
    assert stats["stale"] == 5, "all open ones: their mail is of January"

    first = items(ana.http, "/api/applications", stage="offer")[0]
    ana.http.patch(f"/api/applications/{first['id']}", json={"stage": "accepted"})
    stats = ana.http.get("/api/stats").json()
    assert (stats["offers"], stats["accepted"], stats["ever"]["accepted"], stats["ever"]["offer"]) == (
        0,
        1,
        1,
        1,
    )
    assert bob.http.get("/api/stats").json()["total"] == 1


@pytest.mark.prepared("generated")
def test_they_agree_with_the_lists(ana: Person) -> None:
    stats = ana.http.get("/api/stats").json()
    rows = items(ana.http, "/api/applications")
    by_stage = Counter(a["stage"] for a in rows)
    names = {
        "saved": "saved",
        "applied": "applied",
        "assessments": "assessment",
        "interviews": "interview",
        "offers": "offer",
        "accepted": "accepted",
        "rejections": "rejected",
        "withdrawn": "withdrawn",
    }
    assert {name: stats[name] for name in names} == {name: by_stage[stage] for name, stage in names.items()}
    assert stats["total"] == len(rows) == sum(by_stage.values())
    assert stats["pending"] == sum(by_stage[s] for s in ("applied", "assessment", "interview"))
    open_ones = [a for a in rows if a["stage"] in {"saved", "applied", "assessment", "interview", "offer"}]
    limit = now() - timedelta(days=stats["stale_days"])
    stale = [a for a in open_ones if datetime.fromisoformat(a["last_activity_at"]) < limit]
    assert stats["stale"] == len(stale) == len(items(ana.http, "/api/applications", stale=True))
    assert {a["id"] for a in stale} == {a["id"] for a in rows if a["stale"]}
    assert stats["needs_review"] == sum(e["needs_review"] for e in items(ana.http, "/api/emails"))
    open_items = 0
    for row in rows:
        detail = ana.http.get(f"/api/applications/{row['id']}").json()
        own = [item for item in detail["action_items"] if item["done_at"] is None]
        assert row["requires_action"] == bool(own)
        open_items += len(own)
    assert stats["action_items"] == open_items
