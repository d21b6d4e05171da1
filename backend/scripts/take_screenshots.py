"""Pictures of every page, light and dark, desktop and phone, for looking at; and those of the documents.

Starts a Jobtrail of its own, does what a person would do, and writes to `test-artifacts/screenshots`;
`--docs` also writes those in `docs/images`. `--only NAME` (may be repeated) takes those alone.
Needs a built page.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

BACKEND = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(BACKEND))

from playwright.sync_api import Browser, sync_playwright

from tests.chromium import FLAGS, find_chromium
from tests.e2e.product import Product, run_product, wait_for_end
from tests.e2e.screens import SCREENS, WELCOME, Screen, show_list
from tests.e2e.visits import THEMES, Visit

OUT = BACKEND / "test-artifacts" / "screenshots"
IMAGES = BACKEND.parent / "docs" / "images"
DOORS = ("welcome-doors", "gmail-setup", "imap-form")  # shown in the documents on getting mail in
_READING_MAILS = 40


@contextmanager
def windows(browser: Browser, product: Product) -> Iterator[list[tuple[str, Visit]]]:
    """The four windows, each with what it adds to a picture's name."""
    opened = [
        (f"{theme}-{size}", Visit(browser, product, theme=theme, phone=size == "phone"))
        for size in ("desktop", "phone")
        for theme in THEMES
    ]
    yield opened
    for _, visit in opened:
        visit.close()


def take(screens: list[Screen], shown: list[tuple[str, Visit]]) -> None:
    """Screen by screen, so that all windows see the same state of the data."""
    for screen in screens:
        for suffix, visit in shown:
            screen.show(visit)
            visit.screenshot(OUT / f"{screen.name}-{suffix}.png")
        sys.stdout.write(f"  {screen.name}\n")
        sys.stdout.flush()


def load_demo_and_watch(
    product: Product, shown: list[tuple[str, Visit]], wanted: Callable[[str], bool]
) -> None:
    """Load the demo mailbox, with pictures of it being read."""
    with product.client() as client:
        run_id = client.post("/api/demo").raise_for_status().json()["job_id"]
        if wanted("reading"):
            for _, visit in shown:
                visit.sign_in()
                visit.page.goto(f"/reading?run={run_id}")
            while (client.get(f"/api/runs/{run_id}").json()["processed"] or 0) < _READING_MAILS:
                time.sleep(0.2)
            for suffix, visit in shown:
                visit.screenshot(OUT / f"reading-{suffix}.png")
        if wanted("mail-running"):
            for suffix, visit in shown:
                visit.page.goto("/mail")
                visit.page.get_by_role("progressbar").first.wait_for()
                visit.screenshot(OUT / f"mail-running-{suffix}.png")
        run = wait_for_end(client, run_id, within_s=180)
    if run["state"] != "done":
        raise SystemExit(f"error: The demo mailbox was not read: {run['error']}")


def show_for_readme(visit: Visit) -> None:
    """All applications, and the newest one's story with the mail that decided its stage."""
    show_list(visit)
    page = visit.page
    page.locator("[data-row]").first.click()
    page.get_by_role("tabpanel").get_by_role("button", name="Moved to ").first.click()
    page.locator("article mark").first.wait_for()
    page.locator("article").first.evaluate("story => story.parentElement.parentElement.scrollTo(0, 0)")
    page.mouse.move(0, 0)


def show_doors_for_docs(browser: Browser, product: Product) -> None:
    """The ways mail comes in, as a person sees them who has none yet."""
    visit = Visit(browser, product)
    for screen in WELCOME:
        if screen.name in DOORS:
            screen.show(visit)
            visit.screenshot(IMAGES / f"{screen.name}.png")
    visit.close()


def main() -> int:
    """Take them all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", action="append", default=[], metavar="NAME")
    parser.add_argument("--docs", action="store_true", help="write the pictures in docs/images")
    parser.add_argument("--no-gallery", action="store_true", help="only what the other options ask for")
    options = parser.parse_args()

    def wanted(name: str) -> bool:
        return not options.no_gallery and (not options.only or name in options.only)

    with (
        tempfile.TemporaryDirectory(prefix="jobtrail-screenshots-") as folder,
        run_product(Path(folder) / "data") as product,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(FLAGS))
        with windows(browser, product) as shown:
            take([screen for screen in WELCOME if wanted(screen.name)], shown)
            if options.docs:
                show_doors_for_docs(browser, product)
            if not (options.docs or any(wanted(screen.name) for screen in WELCOME[1:])):
                product.make_owner()
            load_demo_and_watch(product, shown, wanted)
            take([screen for screen in SCREENS if wanted(screen.name)], shown)
        if options.docs:
            visit = Visit(browser, product)
            show_for_readme(visit)
            visit.screenshot(IMAGES / "applications.png")
            visit.close()
        browser.close()
    sys.stdout.write(f"Written to {OUT}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
