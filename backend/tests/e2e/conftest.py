"""A real Chromium, real servers, and windows whose problems fail the test that opened them."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.chromium import FLAGS
from tests.e2e.product import BACKEND, Product, run_product
from tests.e2e.visits import Visit, problems_of

ARTIFACTS = BACKEND / "test-artifacts"
_FAILED = pytest.StashKey[bool]()
OpenVisit = Callable[..., Visit]
expect.set_options(timeout=15_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.e2e)
            item.add_marker(pytest.mark.timeout(300))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.when == "call" and report.failed:
        item.stash[_FAILED] = True
    return report


@pytest.fixture(scope="module")
def browser(chromium_path: Path) -> Iterator[Browser]:
    """A browser for the tests of one file: its event loop must be gone when others use theirs in this process."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def product(tmp_path: Path) -> Iterator[Product]:
    """A Jobtrail that nobody has used yet."""
    with run_product(tmp_path / "data") as running:
        yield running


@pytest.fixture(scope="session")
def demo_product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """A Jobtrail with an owner and the demo mailbox, shared: leave it as you found it."""
    with run_product(tmp_path_factory.mktemp("demo") / "data") as running:
        running.make_owner()
        running.load_demo()
        yield running


@pytest.fixture
def visit(browser: Browser, request: pytest.FixtureRequest) -> Iterator[OpenVisit]:
    """Opens windows; whatever went wrong in any of them fails the test at its end."""
    opened: list[Visit] = []

    def open_visit(product: Product, **how: Any) -> Visit:
        opened.append(Visit(browser, product, **how))
        return opened[-1]

    yield open_visit
    failed = request.node.stash.get(_FAILED, False)
    for number, each in enumerate(opened):
        if failed:
            each.screenshot(ARTIFACTS / "failed" / f"{request.node.name}-{number}.png")
        each.close()
    found = [] if failed else problems_of(opened)
    assert not found, "\n".join(["The browser met problems:", *found])
