"""Applications as a board, and what a person does with one: dragged, undone, merged, corrected, noted; by mouse, by
keys alone and on a phone."""

from __future__ import annotations

import re
from email.utils import format_datetime
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from app.core.clock import now
from tests.e2e.axe import find_barriers
from tests.e2e.conftest import OpenVisit
from tests.e2e.product import Product, wait_for_end
from tests.e2e.visits import THEMES, Visit
from tests.factories.mailboxes import candidacy
from tests.factories.mails import make_mail, make_mbox

MAILS = [
    *candidacy("Larkspur Systems", "Data Engineer", "received", day=1),
    *candidacy("Copper Finch", "Backend Engineer", "received", "interview", day=3),
    *candidacy("Copper Finch Studios", "Server Developer", "received", day=5),
    *candidacy("Tin Whistle", "Harbour Pilot", "received", "assessment", day=8),
    *candidacy("Marrow Lane", "Designer", "received", "rejection", day=10),
]
_SPILL = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def candidacies(product: Product) -> Product:
    """A Jobtrail with an owner and five applications."""
    product.make_owner()
    import_mails(product, MAILS)
    return product


def import_mails(product: Product, mails: list[bytes]) -> None:
    with product.client() as client:
        answer = client.post("/api/imports/mail", files={"file": ("mail.mbox", make_mbox(mails))})
        run = wait_for_end(client, answer.raise_for_status().json()["job_id"], within_s=90)
    assert run["state"] == "done", run


def ask(product: Product, path: str, **params: Any) -> Any:
    with product.client() as client:
        return client.get(f"/api{path}", params=params).raise_for_status().json()


def find(product: Product, company: str) -> dict[str, Any]:
    found: list[dict[str, Any]] = ask(product, "/applications", company=company)["items"]
    return next(a for a in found if a["company_name"] == company)


def open_board(visit: OpenVisit, product: Product, **how: Any) -> Visit:
    here = visit(product, **how)
    here.sign_in()
    here.page.goto("/applications?layout=board")
    expect(card(here.page, "Larkspur Systems")).to_be_visible()
    here.page.wait_for_load_state("networkidle")
    return here


def column(page: Page, stage: str) -> Locator:
    return page.locator(f"[data-column={stage}]")


def card(page: Page, company: str) -> Locator:
    return page.locator("[data-card]").filter(has=page.get_by_text(company, exact=True))


def toast(page: Page, words: str) -> Locator:
    return page.locator("[role=status] > div").filter(has_text=words)


def drag(page: Page, company: str, stage: str) -> None:
    """Once the card lies still: after a change the list is read anew, and cards may give way to each other."""
    place, seen = None, 0
    while seen < 4:
        now_at = card(page, company).bounding_box()
        place, seen = now_at, seen + 1 if now_at == place else 0
        page.wait_for_timeout(150)
    card(page, company).drag_to(column(page, stage))


def undo(page: Page, words: str) -> None:
    toast(page, words).get_by_role("button", name="Undo").click()
    expect(toast(page, words)).to_have_count(0)


def test_dragged_undone_and_overtaken_by_mail(candidacies: Product, visit: OpenVisit) -> None:
    here = open_board(visit, candidacies)
    page = here.page
    expect(column(page, "applied").get_by_role("heading")).to_have_text("Applied 2")
    expect(column(page, "rejected")).to_have_text(re.compile("Rejected1"))

    drag(page, "Larkspur Systems", "interview")
    expect(
        card(page, "Larkspur Systems").and_(column(page, "interview").locator("[data-card]"))
    ).to_be_visible()
    expect(column(page, "interview").get_by_role("heading")).to_have_text("Interview 2")
    expect(toast(page, "Larkspur Systems moved to Interview")).to_be_visible()
    assert find(candidacies, "Larkspur Systems")["stage"] == "interview"
    undo(page, "Larkspur Systems moved to Interview")
    expect(
        card(page, "Larkspur Systems").and_(column(page, "applied").locator("[data-card]"))
    ).to_be_visible()
    expect(column(page, "applied").get_by_role("heading")).to_have_text("Applied 2")

    drag(page, "Larkspur Systems", "offer")
    expect(toast(page, "Larkspur Systems moved to Offer")).to_be_visible()
    page.wait_for_timeout(1_100)  # a mail's date has whole seconds, and this one comes after the word
    host = "careers@larkspursystems.example"
    import_mails(
        candidacies,
        [
            make_mail(
                "Hello Alex,\n\nThank you for your interest in the position of Data Engineer at Larkspur "
                "Systems. Unfortunately we have decided to move forward with other candidates.\n",
                subject="Your application for Data Engineer at Larkspur Systems",
                sender=f"Larkspur Systems Careers <{host}>",
                date=format_datetime(now()),
                message_id="<rejection.late@larkspursystems.example>",
            )
        ],
    )
    expect(toast(page, "New mail: Larkspur Systems moved to Rejected")).to_be_visible()
    expect(column(page, "rejected")).to_have_text(re.compile("Rejected2"))
    undo(page, "New mail: Larkspur Systems moved to Rejected")
    expect(card(page, "Larkspur Systems").and_(column(page, "offer").locator("[data-card]"))).to_be_visible()


def test_merged_corrected_and_noted(candidacies: Product, visit: OpenVisit) -> None:
    kept, other = find(candidacies, "Copper Finch"), find(candidacies, "Copper Finch Studios")
    here = visit(candidacies)
    here.sign_in()
    page = here.page
    page.goto(f"/applications/{kept['id']}")
    page.get_by_role("button", name="More for this application").click()
    page.get_by_role("menuitem", name="It is the same as another").click()
    page.get_by_role("combobox", name="Find an application").fill("studios")
    page.get_by_role("option", name="Copper Finch Studios").click()
    expect(toast(page, "2 applications are one now")).to_be_visible()
    expect(page.locator("[data-row]")).to_have_count(4)
    assert ask(candidacies, f"/applications/{other['id']}")["id"] == kept["id"]
    undo(page, "2 applications are one now")
    expect(page.locator("[data-row]")).to_have_count(5)

    line = page.get_by_role("tabpanel").get_by_role("listitem").filter(has_text="Moved to Interview")
    line.get_by_role("button", name="Why?").click()
    expect(line.get_by_role("group", name="Not right?").get_by_role("button")).to_have_count(3)
    line.get_by_role("button", name="Another application").click()
    page.get_by_role("combobox", name="Find an application").fill("larkspur")
    page.get_by_role("option", name="Larkspur Systems").click()
    expect(toast(page, "The mail went to Larkspur Systems")).to_be_visible()
    expect(page.get_by_role("button", name="Stage: Applied. Change it")).to_be_visible()
    assert find(candidacies, "Larkspur Systems")["stage"] == "interview"
    undo(page, "The mail went to Larkspur Systems")
    expect(page.get_by_role("button", name="Stage: Interview. Change it")).to_be_visible()
    assert find(candidacies, "Larkspur Systems")["stage"] == "applied"

    page.keyboard.press("n")
    expect(page.get_by_role("textbox", name="Write a note")).to_be_focused()
    page.keyboard.type("**Ask** about <b>pay</b>")
    page.keyboard.press("Control+Enter")
    expect(page.locator("strong", has_text="Ask")).to_be_visible()
    expect(page.get_by_text("<b>pay</b>")).to_be_visible()
    assert [n["text"] for n in ask(candidacies, f"/applications/{kept['id']}/notes")] == [
        "**Ask** about <b>pay</b>"
    ]


def test_by_keys_alone(candidacies: Product, visit: OpenVisit) -> None:
    here = open_board(visit, candidacies)
    page = here.page
    page.keyboard.press("j")
    focused = page.locator("[data-card]:focus")
    expect(focused).to_have_count(1)
    page.keyboard.press("ArrowRight")
    expect(column(page, "assessment").locator("[data-card]:focus")).to_contain_text("Tin Whistle")
    page.keyboard.press("Shift+ArrowRight")
    expect(toast(page, "Tin Whistle moved to Interview")).to_be_visible()
    expect(column(page, "interview").locator("[data-card]:focus")).to_contain_text("Tin Whistle")
    page.keyboard.press("z")
    expect(column(page, "assessment").locator("[data-card]")).to_contain_text("Tin Whistle")
    page.keyboard.press("s")
    menu = page.get_by_role("dialog", name="Move Tin Whistle to another stage")
    expect(menu.get_by_role("button", name="Assessment")).to_be_focused()
    for theme in THEMES:
        here.change_theme(theme)
        assert find_barriers(page, f"board with a menu, {theme}") == []
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(toast(page, "Tin Whistle moved to Interview")).to_be_visible()
    expect(column(page, "interview").locator("[data-card]:focus")).to_contain_text("Tin Whistle")
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="Story")).to_contain_text("Harbour Pilot")
    page.keyboard.press("e")
    expect(toast(page, "Tin Whistle is put away")).to_be_visible()
    expect(card(page, "Tin Whistle")).to_have_count(0)
    page.keyboard.press("z")
    expect(card(page, "Tin Whistle")).to_be_visible()


def test_on_a_phone(candidacies: Product, visit: OpenVisit) -> None:
    here = open_board(visit, candidacies, phone=True)
    page = here.page
    assert page.evaluate(_SPILL) <= 0
    assert find_barriers(page, "board on a phone") == []
    page.get_by_role("button", name="Move Larkspur Systems to another stage").tap()
    page.get_by_role("dialog").get_by_role("button", name="Withdrawn").tap()
    expect(toast(page, "Larkspur Systems moved to Withdrawn")).to_be_visible()
    undo(page, "Larkspur Systems moved to Withdrawn")
    card(page, "Larkspur Systems").tap()
    sheet = page.get_by_role("dialog", name="Story")
    expect(sheet.get_by_role("tab", name="Notes")).to_be_visible()
    here.wait_until_still()
    assert page.evaluate(_SPILL) <= 0
    assert find_barriers(page, "story on a phone") == []
    sheet.get_by_role("button", name="Close").tap()
    expect(sheet).to_have_count(0)
