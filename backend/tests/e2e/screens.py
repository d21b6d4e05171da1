"""Every page and every state worth looking at, and how to get there: for the checks of all pages and for the
screenshots."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from tests.e2e.product import Product
from tests.e2e.visits import Visit


@dataclass(frozen=True)
class Screen:
    """One state of the page. `show` leads a window there and returns once it is drawn."""

    name: str
    show: Callable[[Visit], None]


def _applications(visit: Visit, query: str = "") -> Page:
    visit.sign_in()
    visit.page.goto(f"/applications{query}")
    expect(visit.page.locator("[data-row]").first).to_be_visible()
    return visit.page


def _open_first(visit: Visit, stage: str) -> Page:
    page = _applications(visit, f"?q=stage%3A{stage}")
    page.locator("[data-row]").first.click()
    expect(page.get_by_role("tabpanel")).to_be_visible()
    expect(page.get_by_role("tabpanel").get_by_role("listitem").first).to_be_visible()
    return page


def show_list(visit: Visit) -> None:
    _applications(visit)
    visit.page.wait_for_load_state("networkidle")


def show_today(visit: Visit) -> None:
    visit.sign_in()
    visit.page.goto("/today")
    expect(visit.page.locator("[data-row]").first).to_be_visible()
    visit.page.wait_for_load_state("networkidle")


def show_composer(visit: Visit) -> None:
    page = _open_first(visit, "interview")
    page.get_by_role("button", name="Reply", exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name="Follow up").click()
    expect(page.get_by_role("dialog").get_by_label("Message")).not_to_have_value("")


def show_schedule_form(visit: Visit) -> None:
    page = _open_first(visit, "interview")
    page.get_by_role("button", name="Schedule", exact=True).click()
    expect(page.get_by_role("dialog").get_by_label("Begins")).to_be_visible()


def show_story(visit: Visit) -> None:
    _open_first(visit, "interview")


def show_mail_lit(visit: Visit) -> None:
    page = _open_first(visit, "rejected")
    line = page.get_by_role("tabpanel").get_by_role("button", name="Moved to Rejected")
    line.first.click()
    expect(page.locator("article mark").first).to_be_in_viewport()


def show_full_page(visit: Visit) -> None:
    page = _open_first(visit, "offer")
    page.goto(re.sub(r"\?.*", "", page.url) + "?view=full")
    expect(page.get_by_role("tabpanel").get_by_role("listitem").first).to_be_visible()


def show_why(visit: Visit) -> None:
    page = _open_first(visit, "interview")
    page.get_by_role("button", name="Why?").first.click()


def show_mail_tab(visit: Visit) -> None:
    page = _open_first(visit, "interview")
    page.get_by_role("tab", name="Mail").click()
    expect(page.get_by_role("tabpanel").get_by_role("listitem").first).to_be_visible()


def show_details(visit: Visit) -> None:
    page = _open_first(visit, "interview")
    page.get_by_role("tab", name="Details").click()


def show_stage_menu(visit: Visit) -> None:
    page = _open_first(visit, "interview")
    page.get_by_role("button", name="Stage: Interview. Change it").click()
    expect(page.get_by_role("dialog", name=re.compile("^Stage"))).to_be_visible()


def show_nothing_matches(visit: Visit) -> None:
    visit.sign_in()
    visit.page.goto("/applications?q=zzz")
    expect(visit.page.get_by_text("Nothing matches this filter")).to_be_visible()


def show_search(visit: Visit) -> None:
    page = _applications(visit)
    page.keyboard.press("Control+k")
    page.get_by_role("combobox", name="Search everything").fill("designer")
    expect(page.get_by_role("option").nth(1)).to_be_visible()
    page.wait_for_load_state("networkidle")


def show_commands(visit: Visit) -> None:
    page = _open_first(visit, "interview")
    page.keyboard.press("Control+k")
    commands = page.get_by_role("listbox", name="Search everything")
    expect(commands.get_by_role("option", name="Write a note")).to_be_visible()


def show_table(visit: Visit) -> None:
    _applications(visit, "?layout=table")
    visit.page.wait_for_load_state("networkidle")


def show_board(visit: Visit) -> None:
    _applications(visit, "?layout=board")
    visit.page.wait_for_load_state("networkidle")


def show_notes(visit: Visit) -> None:
    page = _open_first(visit, "interview")
    page.get_by_role("tab", name="Notes").click()
    expect(page.get_by_label("Write a note")).to_be_visible()


def show_duplicates(visit: Visit) -> None:
    page = _open_first(visit, "interview")
    page.get_by_role("button", name="More for this application").click()
    page.get_by_role("menuitem", name="Look for duplicates").click()
    dialog = page.get_by_role("dialog", name="What may be the same application")
    expect(
        dialog.get_by_role("listitem").or_(dialog.get_by_text("No duplicates found")).first
    ).to_be_visible()


def show_keys(visit: Visit) -> None:
    page = _applications(visit)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()


def show_account_menu(visit: Visit) -> None:
    page = _applications(visit)
    page.get_by_role("button", name="Your account").click()
    expect(page.get_by_role("menuitem", name="Sign out")).to_be_visible()


def show_mail(visit: Visit) -> None:
    visit.sign_in()
    visit.page.goto("/mail")
    expect(visit.page.get_by_role("button", name="Remove the demo")).to_be_visible()


def show_ledger(visit: Visit) -> None:
    show_mail(visit)
    visit.page.get_by_role("button", name="Show each mail").first.click()
    expect(visit.page.get_by_role("list", name="What became of each mail")).to_be_visible()


def show_doctor(visit: Visit) -> None:
    visit.sign_in()
    visit.page.goto("/mail/doctor")
    expect(visit.page.get_by_text("GB are free where the data lie")).to_be_visible(timeout=30_000)


def show_end_card(visit: Visit) -> None:
    visit.sign_in()
    visit.page.goto("/reading")
    expect(visit.page.get_by_role("button", name="See your applications")).to_be_visible()


def show_settings(visit: Visit) -> None:
    visit.sign_in()
    visit.page.goto("/settings")
    expect(visit.page.get_by_label("Name", exact=True)).to_be_visible()


def show_security(visit: Visit) -> None:
    visit.sign_in()
    visit.page.goto("/settings/security")
    expect(visit.page.get_by_role("region", name="API keys")).to_be_visible()


def show_people(visit: Visit) -> None:
    visit.sign_in()
    visit.page.goto("/settings/people")
    expect(visit.page.get_by_role("button", name="Add somebody")).to_be_visible()


def show_installation(visit: Visit) -> None:
    visit.sign_in()
    visit.page.goto("/settings/installation")
    expect(visit.page.get_by_role("region", name="Storage", exact=True)).to_be_visible()


def show_all_runs(visit: Visit) -> None:
    visit.sign_in()
    visit.page.goto("/settings/all-runs")
    expect(visit.page.get_by_role("button", name=re.compile("Do again")).first).to_be_visible()


def show_analytics(visit: Visit) -> None:
    visit.sign_in()
    visit.page.goto("/analytics")
    expect(visit.page.get_by_role("heading", name="got an answer")).to_be_visible(timeout=30_000)
    expect(visit.page.locator("svg.recharts-surface").nth(2)).to_be_visible()
    expect(visit.page.get_by_role("region", name="How far to trust this")).to_be_visible(timeout=60_000)


def show_no_figures(visit: Visit) -> None:
    make_owner(visit)
    visit.page.goto("/analytics")
    expect(visit.page.get_by_text("No figures yet")).to_be_visible()


def show_not_found(visit: Visit) -> None:
    visit.sign_in()
    visit.page.goto("/no-such-page")
    expect(visit.page.get_by_text("There is nothing at this address")).to_be_visible()


def show_sign_in(visit: Visit) -> None:
    visit.context.clear_cookies()
    visit.page.goto("/sign-in")
    expect(visit.page.get_by_role("heading", name="Sign in to Jobtrail")).to_be_visible()


def show_owner_form(visit: Visit) -> None:
    visit.page.goto("/")
    expect(visit.page.get_by_role("button", name="Create account")).to_be_visible()


def make_owner(visit: Visit) -> None:
    """Go on from the owner's form as a person who has filled it in."""
    _make_owner_once(visit.product)
    visit.sign_in()


def show_doors(visit: Visit) -> None:
    make_owner(visit)
    visit.page.goto("/")
    expect(visit.page.get_by_role("button", name="Load the demo mailbox")).to_be_visible()


def show_gmail_setup(visit: Visit) -> None:
    show_doors(visit)
    visit.page.get_by_role("button", name="Set up Gmail").click()
    expect(visit.page.get_by_role("dialog", name="Set up Gmail")).to_be_visible()


def show_imap_form(visit: Visit) -> None:
    show_doors(visit)
    visit.page.get_by_role("button", name="Connect a mailbox").click()
    form = visit.page.get_by_role("dialog", name="Sign in to your mailbox")
    form.get_by_label("Mail address").fill("ana.testperson@gmail.com")
    expect(form.get_by_text("turn on 2-Step Verification")).to_be_visible()


def show_imap_server(visit: Visit) -> None:
    show_imap_form(visit)
    form = visit.page.get_by_role("dialog", name="Sign in to your mailbox")
    form.get_by_label("Mail address").fill("ana.testperson@mail.example.com")
    expect(form.get_by_label("IMAP server")).to_be_visible()


def show_no_applications(visit: Visit) -> None:
    make_owner(visit)
    visit.page.goto("/applications")
    expect(visit.page.get_by_text("No applications yet")).to_be_visible()


def show_no_mail(visit: Visit) -> None:
    make_owner(visit)
    visit.page.goto("/mail")
    expect(visit.page.get_by_text("No mail account yet")).to_be_visible()


def _make_owner_once(product: Product) -> None:
    import httpx

    if not httpx.get(f"{product.address}/api/auth/status").json()["owner_exists"]:
        product.make_owner()


WELCOME = (
    Screen("welcome-owner", show_owner_form),
    Screen("welcome-doors", show_doors),
    Screen("gmail-setup", show_gmail_setup),
    Screen("imap-form", show_imap_form),
    Screen("imap-server", show_imap_server),
    Screen("applications-empty", show_no_applications),
    Screen("mail-empty", show_no_mail),
    Screen("analytics-empty", show_no_figures),
)
SCREENS = (
    Screen("sign-in", show_sign_in),
    Screen("reading-done", show_end_card),
    Screen("today", show_today),
    Screen("composer", show_composer),
    Screen("schedule-form", show_schedule_form),
    Screen("applications", show_list),
    Screen("story", show_story),
    Screen("story-mail-lit", show_mail_lit),
    Screen("story-full-page", show_full_page),
    Screen("story-why", show_why),
    Screen("story-mail", show_mail_tab),
    Screen("story-details", show_details),
    Screen("stage-menu", show_stage_menu),
    Screen("nothing-matches", show_nothing_matches),
    Screen("table", show_table),
    Screen("board", show_board),
    Screen("notes", show_notes),
    Screen("duplicates", show_duplicates),
    Screen("search", show_search),
    Screen("commands", show_commands),
    Screen("keys", show_keys),
    Screen("account-menu", show_account_menu),
    Screen("analytics", show_analytics),
    Screen("mail", show_mail),
    Screen("mail-ledger", show_ledger),
    Screen("doctor", show_doctor),
    Screen("settings", show_settings),
    Screen("settings-security", show_security),
    Screen("settings-people", show_people),
    Screen("settings-installation", show_installation),
    Screen("settings-all-runs", show_all_runs),
    Screen("not-found", show_not_found),
)
