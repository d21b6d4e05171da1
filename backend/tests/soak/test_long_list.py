"""A list of ten thousand applications in a real browser: filtering it, scrolling it, and what an edit asks for."""

from __future__ import annotations

import statistics
import sys
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import OpenVisit
from tests.e2e.product import USERNAME, Product
from tests.factories.heavy import fill_with_crowd

pytestmark = pytest.mark.soak
_MADE = 11_400  # of which a tenth is put away or deleted
_SCROLL_S = 10
# Work of the page's own thread: what else the machine does is not in it, and how long a frame took is only told.
_FILTER_MS = 150
_BUSY = 0.5
_GROWN_MB = 20.0
_ELEMENTS_MORE = 500
_LISTS_AFTER_EDIT = 4
_WORDS = ("stage:offer", "company:Fernhollow", "source:linkedin", "is:pinned", "after:2024-06")
# From the new words in the box to the first frame with the new count.
_FILTER = """async (words) => {
  const input = document.querySelector('input[aria-label="Filter applications"]');
  const status = () => document.querySelector('main section [role=status]').textContent;
  const before = status();
  const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set;
  const begin = performance.now();
  set.call(input, words + ' ');
  input.dispatchEvent(new Event('input', { bubbles: true }));
  while (status() === before && performance.now() - begin < 20000) await new Promise(requestAnimationFrame);
  const whole = performance.now() - begin;
  return { whole, changed: status() !== before };
}"""
_SCROLL = """async (seconds) => {
  const box = [...document.querySelectorAll('ul, [role=table]')].map((e) => e.parentElement)
    .find((e) => e.scrollHeight > 20 * e.clientHeight);
  const tasks = [];
  const watch = new PerformanceObserver((list) => { for (const each of list.getEntries()) tasks.push(each.duration); });
  watch.observe({ type: 'longtask' });
  const speed = (box.scrollHeight - box.clientHeight) / seconds / 1000;
  const begin = performance.now();
  let last = begin, frames = 0, slowest = 0;
  while (last - begin < seconds * 1000) {
    const now = await new Promise(requestAnimationFrame);
    slowest = Math.max(slowest, now - last);
    last = now;
    frames += 1;
    box.scrollTop = (now - begin) * speed;
  }
  watch.disconnect();
  return { frames, slowest, tasks };
}"""


def _heap_mb(page: Page) -> float:
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.collectGarbage")
    used: float = session.send("Runtime.getHeapUsage")["usedSize"]
    return used / 1e6


@pytest.mark.parametrize("layout", ["split", "table"])
def test_ten_thousand_applications(product: Product, visit: OpenVisit, layout: str) -> None:
    product.make_owner()
    fill_with_crowd(product.data_dir, USERNAME, _MADE)
    here = visit(product)
    here.sign_in()
    page = here.page
    page.goto("/applications" + ("?layout=table" if layout == "table" else ""))
    expect(page.locator("[data-row]").first).to_be_visible()
    page.wait_for_load_state("networkidle")
    status = page.get_by_role("main").get_by_role("status").first
    everything = status.inner_text()
    assert int(everything.split()[0].replace(",", "")) > 10_000

    effort = Effort(page)
    own, whole = [], []
    for words in _WORDS:
        effort.since_last_ms()
        found: dict[str, Any] = page.evaluate(_FILTER, words)
        own.append(effort.since_last_ms())
        whole.append(found["whole"])
        assert found["changed"], words
        page.get_by_role("button", name="Clear the filter").first.click()
        expect(status).to_have_text(everything)

    page.evaluate(_SCROLL, 1)
    page.wait_for_load_state("networkidle")
    before, elements = _heap_mb(page), _elements(page)
    effort.since_last_ms()
    scrolled: dict[str, Any] = page.evaluate(_SCROLL, _SCROLL_S)
    busy = effort.since_last_ms() / (_SCROLL_S * 1000)
    page.wait_for_load_state("networkidle")
    grown = _heap_mb(page) - before
    more = _elements(page) - elements

    rows = page.locator("[data-row]")
    rows.nth(rows.count() // 2).click()
    expect(page.get_by_role("tabpanel")).to_be_visible()
    page.wait_for_load_state("networkidle")
    asked: list[str] = []
    page.on(
        "request",
        lambda request: asked.append(urlsplit(request.url).path + "?" + urlsplit(request.url).query),
    )
    page.keyboard.press("e")
    expect(page.get_by_role("button", name="Undo")).to_be_visible()
    page.wait_for_load_state("networkidle")
    lists = [each for each in asked if each.startswith("/api/applications?")]

    longest = max([*scrolled["tasks"], 0])
    told = (
        f"{layout}: {everything}",
        f"filter {statistics.median(own):.0f} ms of work (at most {max(own):.0f})",
        f"{statistics.median(whole):.0f} ms with the server",
        f"{_SCROLL_S} s of scrolling: {scrolled['frames']} frames, {busy:.0%} busy",
        f"slowest frame {scrolled['slowest']:.0f} ms, longest task {longest:.0f} ms",
        f"{grown:.1f} MB and {more} elements more",
        f"{len(lists)} lists asked for after an edit",
    )
    sys.stdout.write("\n" + "; ".join(told) + "\n")
    assert statistics.median(own) <= _FILTER_MS
    assert busy <= _BUSY
    assert grown <= _GROWN_MB
    assert more < _ELEMENTS_MORE
    assert 1 <= len(lists) <= _LISTS_AFTER_EDIT, lists


class Effort:
    """How long the page's main thread has worked, whatever else the machine does."""

    def __init__(self, page: Page) -> None:
        self._session = page.context.new_cdp_session(page)
        self._session.send("Performance.enable", {"timeDomain": "threadTicks"})
        self._last = self._worked_ms()

    def since_last_ms(self) -> float:
        last, self._last = self._last, self._worked_ms()
        return self._last - last

    def _worked_ms(self) -> float:
        metrics = {
            one["name"]: one["value"] for one in self._session.send("Performance.getMetrics")["metrics"]
        }
        return float(metrics["TaskDuration"]) * 1000


def _elements(page: Page) -> int:
    found: int = page.evaluate("document.querySelectorAll('*').length")
    return found
