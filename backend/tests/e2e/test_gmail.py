"""Gmail through Google's consent page: a first sync of 1,000 mails, watched, stopped, and finished."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import OpenVisit
from tests.e2e.product import Product, run_product
from tests.fakes.google import FakeGoogle
from tests.fakes.google_mails import generate_mailbox

ADDRESS = "ana.testperson@example.com"
MAILS = 1000
_CANCEL_S = 8.0
_COUNTER = re.compile(r"^([\d,]+) read, ([\d,]+) about jobs, ([\d,]+) applications?$")


@pytest.fixture
def google() -> Iterator[FakeGoogle]:
    with FakeGoogle() as running:
        running.adopt(generate_mailbox(MAILS, 7, ADDRESS))
        running.faults.set(latency_s=0.15)
        yield running


@pytest.fixture
def product(google: FakeGoogle, tmp_path: Path) -> Iterator[Product]:
    everything = {
        "GMAIL_SYNC_SCOPE": "all",
        "GMAIL_FULL_SYNC_DAYS_BACK": "365",
        "GMAIL_QUOTA_PROFILE": "legacy",
    }
    with run_product(tmp_path / "data", google.environment() | everything) as running:
        running.make_owner()
        yield running


def read_so_far(page: Page) -> int:
    """How many mails the counter of the reading page tells."""
    match = _COUNTER.match(page.get_by_text(_COUNTER).inner_text())
    assert match is not None
    return int(match[1].replace(",", ""))


def stored_mails(product: Product) -> int:
    with product.client() as client:
        total: int = client.get("/api/emails", params={"limit": 1}).raise_for_status().json()["total"]
        return total


def test_a_first_sync_is_watched_stopped_and_finished(
    google: FakeGoogle, product: Product, visit: OpenVisit
) -> None:
    here = visit(product)
    here.allow(google.url)
    here.sign_in()
    page = here.page
    page.goto("/")
    page.get_by_role("link", name="Connect Gmail").click()
    expect(page.get_by_role("heading", name="Choose an account")).to_be_visible()
    page.get_by_role("button", name="Allow").click()

    expect(page.get_by_role("heading", name="Reading your mail")).to_be_visible()
    expect(page.get_by_role("progressbar", name="Sync, progress").first).to_be_visible()
    expect(page.get_by_text(_COUNTER)).not_to_have_text(re.compile("^0 read"), timeout=90_000)
    first = read_so_far(page)
    expect(page.get_by_text(_COUNTER)).not_to_have_text(re.compile(rf"^{first} read"), timeout=60_000)
    assert read_so_far(page) > first

    page.get_by_role("button", name="Cancel").click()
    asked = time.monotonic()
    expect(page.get_by_role("heading", name="Reading stopped")).to_be_visible()
    assert time.monotonic() - asked < _CANCEL_S
    expect(page.get_by_text(re.compile("What was read stays")).last).to_be_visible()
    kept = stored_mails(product)
    assert 0 < kept < MAILS

    google.faults.set(latency_s=0.0)
    page.get_by_role("link", name="Mail & sync").click()
    expect(page.get_by_text("Canceled").first).to_be_visible()
    page.get_by_role("button", name="Sync now").click()
    expect(page.get_by_role("progressbar", name="Sync, progress").first).to_be_visible()
    page.reload()
    expect(page.get_by_role("progressbar", name="Sync, progress").first).to_be_visible()
    expect(page.get_by_text(f"{MAILS:,} mails")).to_be_visible(timeout=120_000)
    expect(page.get_by_role("button", name="Sync now")).to_be_enabled(timeout=60_000)
    assert stored_mails(product) == MAILS


def test_a_denied_consent_says_so_and_leads_back(
    google: FakeGoogle, product: Product, visit: OpenVisit
) -> None:
    here = visit(product)
    here.allow(google.url)
    here.sign_in()
    here.expect_status("/api/gmail/callback", 400)
    page = here.page
    page.goto("/welcome")
    page.get_by_role("link", name="Connect Gmail").click()
    page.get_by_role("button", name="Deny").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_text("Your mail and your applications are untouched.")).to_be_visible()
    page.get_by_role("link", name="Back to Jobtrail").click()
    expect(page.get_by_text("No mail account yet")).to_be_visible()
