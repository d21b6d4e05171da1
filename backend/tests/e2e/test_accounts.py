"""A person makes the account safer in Settings: 2-step login, a key for a script, Google; and signs in with it all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pyotp
import pytest
from playwright.sync_api import Page, expect

from tests.e2e.axe import find_barriers
from tests.e2e.conftest import OpenVisit
from tests.e2e.product import PASSWORD, USERNAME, Product, run_product
from tests.fakes.google import FakeGoogle

ADDRESS = "ana.testperson@example.com"


@pytest.fixture
def google() -> Iterator[FakeGoogle]:
    with FakeGoogle() as running:
        running.mailbox(ADDRESS)
        yield running


@pytest.fixture
def product(tmp_path: Path, google: FakeGoogle) -> Iterator[Product]:
    """A Jobtrail in which people may sign in with that Google."""
    with run_product(tmp_path / "data", google.sign_in_environment()) as running:
        running.make_owner()
        yield running


def test_two_step_login_a_key_and_google(product: Product, google: FakeGoogle, visit: OpenVisit) -> None:
    here = visit(product)
    page = here.page
    here.sign_in()
    page.goto("/settings")
    page.get_by_role("link", name="Sign-in and security").click()

    secret, recovery = _set_up(page)
    key = _make_key(page)
    me = f"{product.address}/api/me"
    assert httpx.get(me, headers={"X-API-Key": key}).json()["has_totp"] is True
    refused = httpx.patch(me, headers={"X-API-Key": key}, json={"display_name": "Ana"})
    assert refused.json()["code"] == "auth.read_only_key"
    _revoke_key(page)
    assert httpx.get(me, headers={"X-API-Key": key}).status_code == 401
    here.allow(google.url)
    _link_google(page)

    again = visit(product)
    again.expect_status("/api/login", 401)
    page = again.page
    page.goto("/settings/security")
    _give_password(page)
    code = page.get_by_label("Code from your authenticator app")
    expect(code).to_be_focused()
    assert find_barriers(page, "the code") == []
    code.fill("000000")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("wrong or was used already")
    code.fill(pyotp.TOTP(secret).at(datetime.now(UTC), counter_offset=1))
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(re.compile("/settings/security$"))
    expect(page.get_by_role("list", name="Where you're signed in").get_by_role("listitem")).to_have_count(2)

    without_the_app = visit(product, phone=True)
    without_the_app.allow(google.url)
    page = without_the_app.page
    page.goto("/settings/people")
    page.get_by_role("link", name="Sign in with Google").click()
    page.get_by_role("button", name="Allow").click()
    expect(page.get_by_role("heading", name="One more step")).to_be_visible()
    page.get_by_role("button", name="Use a recovery code").click()
    page.get_by_label("Recovery code").fill(recovery)
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(re.compile("/settings/people$"))
    expect(page.get_by_role("list", name="People").get_by_text("2-step")).to_be_visible()


def _set_up(page: Page) -> tuple[str, str]:
    """Switch 2-step login on; its secret, and one of the recovery codes."""
    page.get_by_role("button", name="Set up 2-step login").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Your password").fill(PASSWORD)
    dialog.get_by_role("button", name="Continue").click()
    expect(dialog.get_by_role("img", name="QR code for your authenticator app")).to_be_visible()
    assert find_barriers(page, "the picture") == []
    secret = dialog.get_by_label("Secret for your authenticator app").inner_text()
    dialog.get_by_label("Code the app shows").fill(pyotp.TOTP(secret).now())
    dialog.get_by_role("button", name="Switch on").click()
    codes = dialog.get_by_role("list", name="Recovery codes").get_by_role("listitem")
    expect(codes).to_have_count(10)
    recovery = codes.first.inner_text()
    dialog.get_by_role("button", name="I have kept them").click()
    expect(page.get_by_text("10 recovery codes left")).to_be_visible()
    return secret, recovery


def _make_key(page: Page) -> str:
    page.get_by_label("Name of the new key").fill("Backup script")
    page.get_by_role("button", name="Make key").click()
    key = page.get_by_label("The new key", exact=True).inner_text()
    assert key.startswith("jt_")
    return key


def _revoke_key(page: Page) -> None:
    page.get_by_role("button", name="Revoke Backup script").click()
    page.get_by_role("dialog").get_by_role("button", name="Revoke").click()
    expect(page.get_by_text("Backup script is revoked")).to_be_visible()
    expect(page.get_by_role("list", name="API keys")).to_have_count(0)


def _link_google(page: Page) -> None:
    page.get_by_role("button", name="Link a Google account").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Your password").fill(PASSWORD)
    dialog.get_by_role("button", name="Go to Google").click()
    page.get_by_role("button", name="Allow").click()
    expect(page.get_by_text(f"Linked to {ADDRESS}.")).to_be_visible()


def _give_password(page: Page) -> None:
    page.get_by_label("User name").fill(USERNAME)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
