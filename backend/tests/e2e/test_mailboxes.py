"""Mailboxes that stay connected: signing in by IMAP, access that is lost and given again, and what is looked after."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import OpenVisit
from tests.e2e.product import Product, run_product
from tests.e2e.visits import Visit
from tests.factories.mailboxes import candidacy
from tests.factories.mails import make_mail
from tests.fakes.google import FakeGoogle
from tests.fakes.google_mailbox import Mailbox
from tests.fakes.google_mails import generate_mailbox
from tests.fakes.imap import FakeImap
from tests.fakes.imap_mailbox import ImapAccount

ADDRESS = "ana.testperson@example.com"
MAILS = 60
_COMPLETE = re.compile(r"Complete from \d+ \w+( \d{4})? to \d\d:\d\d today")


@pytest.fixture
def imap() -> Iterator[FakeImap]:
    account = ImapAccount(ADDRESS, "a-password-of-the-app")
    account.fill(message.raw for message in generate_mailbox(MAILS, 11, ADDRESS).messages.values())
    with FakeImap(account) as running:
        yield running


@pytest.fixture
def imap_product(tmp_path: Path) -> Iterator[Product]:
    with run_product(
        tmp_path / "data", {"GMAIL_SYNC_SCOPE": "all", "GMAIL_FULL_SYNC_DAYS_BACK": "365"}
    ) as running:
        running.make_owner()
        yield running


def open_form(here: Visit, imap: FakeImap, password: str) -> None:
    page = here.page
    page.get_by_role("button", name="Connect a mailbox").click()
    form = page.get_by_role("dialog", name="Sign in to your mailbox")
    form.get_by_label("Mail address").fill(ADDRESS)
    expect(form.get_by_text("Your provider isn't known here.")).to_be_visible()
    form.get_by_label("Password", exact=True).fill(password)
    form.get_by_label("IMAP server").fill("127.0.0.1")
    form.get_by_label("Encryption").select_option("none")
    form.get_by_label("Port").fill(str(imap.port))


def choose_from_menu(page: Page, name: str) -> None:
    page.get_by_role("button", name=f"More for {ADDRESS}").click()
    page.get_by_role("menuitem", name=name).click()


def test_a_mailbox_is_signed_in_to_read_and_looked_after(
    imap_product: Product, visit: OpenVisit, imap: FakeImap
) -> None:
    here = visit(imap_product)
    here.sign_in()
    here.expect_status("/api/mail-accounts/imap", 400)
    page = here.page
    page.goto("/welcome")
    open_form(here, imap, "not the password")
    page.get_by_role("button", name="Test and connect").click()
    expect(page.get_by_role("alert")).to_contain_text("did not accept the login")
    with imap_product.client() as client:
        assert client.get("/api/mail-accounts").json()["items"] == [], "nothing is kept of a try that failed"
    page.get_by_label("Password", exact=True).fill("a-password-of-the-app")
    page.get_by_role("button", name="Test and connect").click()
    expect(page.get_by_role("heading", name="Your mail is read")).to_be_visible(timeout=90_000)
    expect(page.get_by_text(re.compile(f"^{MAILS} read, "))).to_be_visible()

    page.get_by_role("link", name="Mail & sync").click()
    expect(page.get_by_text(f"{MAILS} mails")).to_be_visible()
    _switch_the_schedule(page)
    choose_from_menu(page, "Check that nothing is missing")
    expect(page.get_by_role("listitem").filter(has_text=ADDRESS).get_by_text(_COMPLETE)).to_be_visible(
        timeout=60_000
    )
    choose_from_menu(page, "Read older mail")
    dialog = page.get_by_role("dialog", name=f"Read older mail of {ADDRESS}")
    dialog.get_by_label("Another number of days").check()
    dialog.get_by_label("Days", exact=True).fill("0")
    expect(dialog.get_by_text("Say a number of days from 1 to 3650.")).to_be_visible()
    dialog.get_by_label("The last 7 days").check()
    dialog.get_by_role("button", name="Start reading").click()
    runs = page.get_by_role("region", name="Recent runs")
    expect(runs.get_by_text("Older mail")).to_be_visible(timeout=60_000)

    page.get_by_role("link", name="Check the connection").click()
    expect(page.get_by_text(f"{ADDRESS} can be read.")).to_be_visible(timeout=60_000)
    expect(page.get_by_text("GB are free where the data lie")).to_be_visible()


def _switch_the_schedule(page: Page) -> None:
    switch = page.get_by_role("switch", name=f"Read {ADDRESS} by itself")
    expect(page.get_by_text(re.compile("^Read by itself every 5 min"))).to_be_visible()
    switch.press("Space")
    expect(page.get_by_text("Read only when you ask")).to_be_visible()
    page.reload()
    expect(page.get_by_text("Read only when you ask")).to_be_visible()
    expect(switch).not_to_be_checked()


def test_a_known_provider_says_what_it_wants(product: Product, visit: OpenVisit) -> None:
    product.make_owner()
    page = (here := visit(product)).page
    here.sign_in()
    page.goto("/welcome")
    page.get_by_role("button", name="Connect a mailbox").click()
    form = page.get_by_role("dialog", name="Sign in to your mailbox")
    form.get_by_label("Mail address").fill("ana.testperson@gmail.com")
    expect(form.get_by_text("turn on 2-Step Verification")).to_be_visible()
    expect(form.get_by_label("App password", exact=True)).to_be_visible()
    expect(form.get_by_role("link", name="Open Gmail's page for this")).to_have_attribute(
        "href", re.compile("^https://myaccount")
    )
    form.get_by_label("Mail address").fill("ana.testperson@outlook.com")
    expect(form.get_by_text("Microsoft no longer lets mail programs sign in")).to_be_visible()
    expect(form.get_by_role("button", name="Test and connect")).to_be_disabled()


@pytest.fixture
def google() -> Iterator[FakeGoogle]:
    with FakeGoogle() as running:
        running.adopt(generate_mailbox(MAILS, 7, ADDRESS))
        yield running


@pytest.fixture
def gmail_product(google: FakeGoogle, tmp_path: Path) -> Iterator[Product]:
    job_mail = {"GMAIL_SYNC_SCOPE": "job_search", "GMAIL_FULL_SYNC_DAYS_BACK": "365"}
    with run_product(tmp_path / "data", google.environment() | job_mail) as running:
        running.make_owner()
        yield running


def test_access_that_was_taken_back_is_given_again(
    google: FakeGoogle, gmail_product: Product, visit: OpenVisit
) -> None:
    here = visit(gmail_product)
    here.allow(google.url)
    here.sign_in()
    page = here.page
    page.goto("/")
    page.get_by_role("link", name="Connect Gmail").click()
    page.get_by_role("button", name="Allow").click()
    expect(page.get_by_role("heading", name="Your mail is read")).to_be_visible(timeout=90_000)
    page.get_by_role("link", name="Mail & sync").click()

    google.oauth.revoke_address(ADDRESS)
    page.get_by_role("button", name="Sync now").click()
    banner = page.get_by_role("alert").filter(has_text=f"{ADDRESS} can't be read any more")
    expect(banner).to_be_visible(timeout=60_000)
    expect(page.get_by_role("banner").get_by_text("Reconnect Gmail")).to_be_visible()
    expect(page.get_by_role("button", name="Sync now")).to_have_count(0)
    page.get_by_role("link", name="Check the connection").click()
    expect(page.get_by_text("Something does not work.")).to_be_visible(timeout=60_000)
    page.get_by_role("link", name="Mail & sync").first.click()

    banner.get_by_role("link", name="Reconnect Gmail").click()
    page.get_by_role("button", name="Allow").click()
    expect(page.get_by_role("button", name="Sync now")).to_be_enabled(timeout=60_000)
    expect(banner).to_have_count(0)
    with gmail_product.client() as client:
        stored = client.get("/api/emails", params={"limit": 1}).json()["total"]
    expect(page.get_by_text(f"{stored} mails")).to_be_visible()

    box = google.mailbox(ADDRESS)
    _have_what_was_left_out_fetched(page, box)
    expect(page.get_by_text(f"{stored + 2} mails")).to_be_visible()
    _mend_what_is_missing(page, google, box)
    expect(page.get_by_text(f"{stored + 3} mails")).to_be_visible()


def _have_what_was_left_out_fetched(page: Page, box: Mailbox) -> None:
    """Two mails of one sender don't look like job mail; a person says of one that it is."""
    for number in range(2):
        box.add(
            make_mail(
                f"Parcel {number} waits for you.",
                subject=f"Parcel {number}",
                sender="Parcel Post <post@parcel.example>",
                message_id=f"<parcel.{number}@parcel.example>",
            ),
            at=time.time() - 60,
        )
    page.get_by_role("button", name="Sync now").click()
    run = page.get_by_role("region", name="Recent runs").get_by_role("listitem").filter(has_text="2 skipped")
    run.get_by_role("button", name="Show each mail").click(timeout=60_000)
    lines = page.get_by_role("list", name="What became of each mail").get_by_role("listitem")
    expect(lines).to_have_count(2)
    line = lines.first
    expect(line).to_contain_text("Skipped: it does not look like job mail")
    line.get_by_role("button", name="This was job mail").click()
    expect(line).to_contain_text("It was fetched.", timeout=60_000)
    line.get_by_role("button", name="And 1 other from this sender").click()
    expect(line).to_contain_text("The others from this sender were fetched.", timeout=60_000)
    expect(lines.last.get_by_role("button", name="This was job mail")).to_have_count(0)


def _mend_what_is_missing(page: Page, google: FakeGoogle, box: Mailbox) -> None:
    """One mail can't be had for a while: the comparison names it, and its fix brings it."""
    (mail,) = candidacy("Larkspur Systems", "Data Engineer", "received")
    lost = box.add(mail, at=time.time() - 60)
    google.faults.set(always={lost: "400"})
    page.get_by_role("button", name="Sync now").click()
    runs = page.get_by_role("region", name="Recent runs")
    expect(runs.get_by_role("listitem").filter(has_text="1 failed")).to_be_visible(timeout=60_000)
    choose_from_menu(page, "Check that nothing is missing")
    account = page.get_by_role("listitem").filter(has_text=ADDRESS)
    expect(account.get_by_text(re.compile("^1 mail is missing between"))).to_be_visible(timeout=60_000)
    expect(account.get_by_role("list", name="What is missing")).to_have_text(re.compile(": 1 mail$"))
    google.faults.set(always={})
    account.get_by_role("button", name="Fetch what is missing").click()
    account.get_by_role("button", name="Check again").click(timeout=60_000)
    expect(account.get_by_text(_COMPLETE)).to_be_visible(timeout=60_000)
