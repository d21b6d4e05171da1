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
_FILTER_MS = 100
_TASK_MS = 100
_GROWN_MB = 20.0
_ELEMENTS_MORE = 500
_LISTS_AFTER_EDIT = 4
_WORDS = ("stage:offer", "company:Fernhollow", "source:linkedin", "is:pinned", "after:2024-06")
# From the new words in the box to the first frame with the new count: what the page adds to the server's own time.
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
  const asked = performance.getEntriesByType('resource')
    .find((e) => e.name.includes('/api/applications?') && e.startTime >= begin);
  return { whole, server: asked ? asked.responseEnd - asked.startTime : 0, changed: status() !== before };
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

    own: list[float] = []
    for words in _WORDS:
        found: dict[str, Any] = page.evaluate(_FILTER, words)
        assert found["changed"], words
        own.append(found["whole"] - found["server"])
        page.get_by_role("button", name="Clear the filter").first.click()
        expect(status).to_have_text(everything)

    page.evaluate(_SCROLL, 1)
    page.wait_for_load_state("networkidle")
    before, elements = _heap_mb(page), _elements(page)
    scrolled: dict[str, Any] = page.evaluate(_SCROLL, _SCROLL_S)
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
    sys.stdout.write(
        f"\n{layout}: {everything}; "
        f"filter {statistics.median(own):.0f} ms (at most {max(own):.0f}) besides the server; "
        f"{_SCROLL_S} s of scrolling: {scrolled['frames']} frames, slowest {scrolled['slowest']:.0f} ms, longest task "
        f"{longest:.0f} ms, {grown:.1f} MB more, {more} elements more; {len(lists)} lists asked for after an edit\n"
    )
    assert statistics.median(own) <= _FILTER_MS
    assert longest <= _TASK_MS
    assert grown <= _GROWN_MB
    assert more < _ELEMENTS_MORE
    assert 1 <= len(lists) <= _LISTS_AFTER_EDIT, lists


def _elements(page: Page) -> int:
    found: int = page.evaluate("document.querySelectorAll('*').length")
    return found
