"""A day with Jobtrail: a reply drafted in Gmail, an interview in calendars, reminders, what is put off."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import icalendar
import pytest
from playwright.sync_api import Page, expect

from app.core.clock import now
from tests.e2e.axe import find_barriers
from tests.e2e.conftest import OpenVisit
from tests.e2e.product import Product, run_product, wait_for_end
from tests.e2e.visits import THEMES, Visit
from tests.factories.mails import make_mail
from tests.fakes.google import FakeGoogle

ADDRESS = "ana.testperson@example.com"
CONSENT = "/api/gmail/auth?permissions=drafts&permissions=calendar&redirect_url=%2Ftoday"


@pytest.fixture
def google() -> Iterator[FakeGoogle]:
    with FakeGoogle() as running:
        box = running.mailbox(ADDRESS)
        for days, sender, text, references in (
            (
                9,
                "Larkspur <no-reply@larkspur.example>",
                "we have received your application as Gardener at Larkspur.",
                "",
            ),
            (
                1,
                "Mara Sample <mara@larkspur.example>",
                "thank you for your application as Gardener at Larkspur. We would like to invite you to an interview. "
                "Please send us your availability for next week.",
                "<m9@larkspur.example>",
            ),
        ):  # fmt: skip
            mail = make_mail(
                f"Hello Ana, {text}",
                subject="Your application as Gardener at Larkspur",
                sender=sender,
                to=ADDRESS,
                message_id=f"<m{days}@larkspur.example>",
                headers={"In-Reply-To": references, "References": references} if references else {},
                date=None,
            )
            box.add(mail, at=(now() - timedelta(days=days)).timestamp())
        yield running


@pytest.fixture
def product(google: FakeGoogle, tmp_path: Path) -> Iterator[Product]:
    with run_product(tmp_path / "data", google.environment()) as running:
        running.make_owner()
        yield running


def events(content: str | bytes) -> list[Any]:
    return list(icalendar.Calendar.from_ical(content).walk("VEVENT"))


def connect_and_sync(here: Visit, product: Product) -> None:
    page = here.page
    page.goto(CONSENT)
    page.get_by_role("button", name="Allow").click()
    expect(page).to_have_url(re.compile("/today"))
    with product.client() as client:
        started = client.post("/api/sync-emails").raise_for_status().json()
        assert wait_for_end(client, started["job_id"], within_s=60)["state"] == "done"


def test_a_day(google: FakeGoogle, product: Product, visit: OpenVisit) -> None:
    here = visit(product)
    here.allow(google.url)
    here.sign_in()
    connect_and_sync(here, product)
    page = here.page
    page.goto("/")
    expect(page).to_have_url(re.compile("/today"))
    row = page.locator("[data-row]").filter(has_text="Larkspur")
    expect(row).to_have_count(1)
    draft_a_reply(page, google)
    schedule(page, google)
    remind_and_put_off(page)
    subscribe(page)
    look_closely(here, visit, product)


def draft_a_reply(page: Page, google: FakeGoogle) -> None:
    page.locator("[data-row]").get_by_role("link").first.click()
    page.mouse.move(0, 0)  # or else what it now points at tells about itself
    page.get_by_role("button", name="Reply", exact=True).click()
    form = page.get_by_role("dialog")
    expect(form.get_by_label("To", exact=True)).to_have_value("mara@larkspur.example")
    form.get_by_role("button", name="Follow up").click()
    expect(form.get_by_label("Message")).to_have_value(
        re.compile("^Hello Mara,\n\n.*Gardener position at Larkspur")
    )
    form.get_by_label("Message").fill("Hello Mara,\n\nThursday at ten suits me.\n\nAna")
    form.get_by_role("button", name="Save as Gmail draft").click()
    expect(form.get_by_text("The draft waits in Gmail. Nothing was sent.")).to_be_visible()
    form.get_by_role("button", name="Close").last.click()
    (draft_id,) = google.drafts.drafts
    assert google.drafts.sent == []
    draft = email.message_from_bytes(google.drafts.raw(draft_id), policy=email.policy.default)
    assert (draft["To"], draft["In-Reply-To"]) == ("mara@larkspur.example", "<m1@larkspur.example>")
    assert draft["Subject"] == "Re: Your application as Gardener at Larkspur"
    assert draft["References"].split() == ["<m9@larkspur.example>", "<m1@larkspur.example>"]
    expect(page.get_by_text("You drafted a reply to mara@larkspur.example")).to_be_visible()


def schedule(page: Page, google: FakeGoogle) -> None:
    day = (now() + timedelta(days=2)).strftime("%Y-%m-%d")
    page.get_by_role("button", name="Schedule", exact=True).click()
    form = page.get_by_role("dialog")
    form.get_by_label("What").fill("Talk with the team")
    form.get_by_label("Begins").fill(f"{day}T10:00")
    form.get_by_label("Place or link").fill("Room 4")
    form.get_by_role("button", name="Schedule").click()
    expect(form.get_by_text("It stands in your Google Calendar.")).to_be_visible()
    assert [e["location"] for e in google.calendar.events[ADDRESS].values()] == ["Room 4"]
    with page.expect_download() as download:
        form.get_by_role("link", name="Download .ics").click()
    (event,) = events(Path(download.value.path()).read_bytes())
    assert str(event["SUMMARY"]) == "Talk with the team: Larkspur (Gardener)"
    assert event["DTSTART"].dt.strftime("%Y-%m-%d %H:%M") == f"{day} 10:00"
    form.get_by_role("button", name="Close").last.click()

    page.get_by_role("button", name="Edit Talk with the team").click()
    form.get_by_label("Notes to prepare").fill("Ask who waters the greenhouse")
    form.get_by_role("button", name="Save").click()
    expect(form).to_have_count(0)
    expect(page.get_by_text("Ask who waters the greenhouse")).to_be_visible()
    expect(page.get_by_text("Interview saved")).to_be_visible()
    page.keyboard.press("z")
    expect(page.get_by_text("Ask who waters the greenhouse")).to_have_count(0)
    expect(page.get_by_role("button", name="Edit Talk with the team")).to_be_visible()


def remind_and_put_off(page: Page) -> None:
    page.get_by_role("button", name="Remind me").click()
    form = page.get_by_role("dialog")
    form.get_by_role("button", name="Remind me").click()
    expect(form).to_have_count(0)
    ahead = page.get_by_role("region", name="What comes next")
    expect(ahead.get_by_text("Follow up with Larkspur")).to_be_visible()

    page.keyboard.press("g")
    page.keyboard.press("t")
    expect(page).to_have_url(re.compile("/today$"))
    asked = page.locator("[data-row]").filter(
        has=page.get_by_role("button", name=re.compile("^(Reply|Schedule):"))
    )
    expect(asked).to_have_count(1)
    page.keyboard.press("j")
    page.keyboard.press("h")
    page.get_by_role("menuitem", name="Until tomorrow morning").click()
    expect(asked).to_have_count(0)
    expect(page.get_by_role("status").get_by_text("Put off:")).to_be_visible()
    page.keyboard.press("z")
    expect(asked).to_have_count(1)
    expect(page.get_by_text("Talk with the team")).to_be_visible()


def subscribe(page: Page) -> None:
    page.goto("/settings")
    page.get_by_role("button", name="Create the address").click()
    address = page.get_by_label("Calendar address").inner_text()
    assert {str(e["SUMMARY"]) for e in events(httpx.get(address).content)} >= {
        "Talk with the team: Larkspur (Gardener)",
        "Follow up with Larkspur (Larkspur (Gardener))",
    }
    page.get_by_role("button", name="Revoke").click()
    expect(page.get_by_role("button", name="Create the address")).to_be_visible()
    assert httpx.get(address).status_code == 404


def look_closely(here: Visit, visit: OpenVisit, product: Product) -> None:
    page = here.page
    page.goto("/today")
    page.locator("[data-row]").first.wait_for()
    found = []
    for theme in THEMES:
        here.change_theme(theme)
        found += find_barriers(page, f"today, {theme}")
    page.get_by_role("button", name=re.compile("^Reply:|^Schedule:")).first.click()
    page.get_by_role("dialog").get_by_role("textbox").first.wait_for()
    for theme in THEMES:
        here.change_theme(theme)
        found += find_barriers(page, f"form, {theme}")
    assert found == []

    phone = visit(product, phone=True)
    phone.sign_in()
    phone.page.goto("/today")
    phone.page.locator("[data-row]").first.wait_for()
    assert find_barriers(phone.page, "today, phone") == []
    spill = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert phone.page.evaluate(spill) <= 0
