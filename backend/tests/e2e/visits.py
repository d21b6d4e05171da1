"""A person's browser window, and everything that must not happen in it.

`Visit.problems` lists errors on the console, uncaught exceptions, answers of 400 and above, and requests to
any host but the ones that were allowed. Tests assert that it stays empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response, expect

from tests.e2e.product import PASSWORD, USERNAME, Product

Theme = Literal["light", "dark"]
THEMES: tuple[Theme, ...] = ("light", "dark")
DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
# One that ends may start another, a frame later: still is what stays still for three frames.
_ALL_STILL = """async () => {
  const ends = (a) => a.effect.getComputedTiming().endTime !== Infinity;
  for (let still = 0; still < 3; still += 1) {
    await new Promise(requestAnimationFrame);
    const moving = document.getAnimations().filter((a) => a.playState !== "finished" && ends(a));
    if (moving.length > 0) still = -1;
    await Promise.allSettled(moving.map((a) => a.finished));
  }
}"""
_SHIFTS = """() => new Promise((resolve) => {
  let sum = 0;
  const watch = new PerformanceObserver((list) => { for (const each of list.getEntries()) sum += each.value; });
  watch.observe({ type: "layout-shift", buffered: true });
  setTimeout(() => resolve(sum), 200);
})"""
_STATUS_NOISE = "Failed to load resource: the server responded with a status of"


class Visit:
    """One browser context of its own cookies, and its first page."""

    def __init__(
        self, browser: Browser, product: Product, *, phone: bool = False, theme: Theme = "light"
    ) -> None:
        how: dict[str, Any] = {"viewport": PHONE, "has_touch": True, "is_mobile": True} if phone else {}
        self.product = product
        self.context: BrowserContext = browser.new_context(
            base_url=product.address,
            color_scheme=theme,
            reduced_motion="reduce",
            locale="en-GB",
            timezone_id="Europe/Vienna",
            **({"viewport": DESKTOP} | how),
        )
        self.context.set_default_timeout(15_000)
        self.problems: list[str] = []
        self.expected_statuses: set[tuple[str, int]] = set()
        self.expected_patterns: list[tuple[re.Pattern[str], int]] = []
        self.expected_words: list[str] = []
        self.hosts = {urlsplit(product.address).netloc}
        self.context.on("request", self._saw_request)
        self.context.on("response", self._saw_response)
        self.context.on("console", self._heard)
        self.context.on("weberror", lambda error: self.problems.append(f"uncaught: {error.error}"))
        self.page: Page = self.context.new_page()

    def sign_in(self) -> None:
        """Get the session cookie as the sign-in form does, without showing the form."""
        if any(cookie.get("httpOnly") for cookie in self.context.cookies()):
            return
        account = {"username": USERNAME, "password": PASSWORD, "cookie": True}
        answer = self.context.request.post("/api/login", data=account)
        assert answer.ok, answer.text()

    def change_theme(self, theme: Theme) -> None:
        """Let the system's theme change under the open page, and wait until all of it has followed."""
        self.page.emulate_media(color_scheme=theme)
        expect(self.page.locator("html")).to_have_attribute("data-mantine-color-scheme", theme)
        self.wait_until_still()

    def wait_until_still(self) -> None:
        """Wait until every transition and animation that ends has ended."""
        self.page.evaluate(_ALL_STILL)

    def shifts(self) -> float:
        """How much of the page has jumped since it was loaded: the sum of its layout shifts."""
        total: float = self.page.evaluate(_SHIFTS)
        return total

    def allow(self, address: str) -> None:
        """Let the browser talk to this host too."""
        self.hosts.add(urlsplit(address).netloc)

    def expect_status(self, path: str, status: int) -> None:
        """This answer is part of the story: it is no problem."""
        self.expected_statuses.add((path, status))

    def expect_path_status(self, pattern: str, status: int) -> None:
        """The same for paths that carry an id."""
        self.expected_patterns.append((re.compile(pattern), status))

    def expect_words(self, words: str) -> None:
        """What the browser says with these words on its console is part of the story too."""
        self.expected_words.append(words)

    def screenshot(self, path: Path) -> None:
        """Take a picture of what the window shows, once nothing moves."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=path, animations="disabled")

    def close(self) -> None:
        self.context.close()

    def _saw_request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in {"http", "https", "ws", "wss"} and address.netloc not in self.hosts:
            self.problems.append(f"asked a foreign host: {request.url}")

    def _saw_response(self, response: Response) -> None:
        path = urlsplit(response.url).path
        expected = (path, response.status) in self.expected_statuses or any(
            pattern.fullmatch(path) and status == response.status
            for pattern, status in self.expected_patterns
        )
        if response.status >= 400 and not expected:
            self.problems.append(f"answered {response.status}: {path}")

    def _heard(self, message: ConsoleMessage) -> None:
        expected = message.text.startswith(_STATUS_NOISE) or any(
            words in message.text for words in self.expected_words
        )
        if message.type in {"error", "warning"} and not expected:
            self.problems.append(f"console: {message.text}")


def problems_of(visits: Iterable[Visit]) -> list[str]:
    """All problems of these visits."""
    return [problem for visit in visits for problem in visit.problems]
