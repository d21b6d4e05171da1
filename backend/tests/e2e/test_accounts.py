"""A person makes the account safer in Settings: 2-step login, a key for a script; and signs in with it all."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import httpx
import pyotp
from playwright.sync_api import Page, expect

from tests.e2e.axe import find_barriers
from tests.e2e.conftest import OpenVisit
from tests.e2e.product import PASSWORD, USERNAME, Product


def test_two_step_login_and_a_key(product: Product, visit: OpenVisit) -> None:
    product.make_owner()
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

    lost = visit(product, phone=True)
    lost.expect_status("/api/login", 401)
    page = lost.page
    page.goto("/sign-in")
    _give_password(page)
    page.get_by_role("button", name="Use a recovery code").click()
    page.get_by_label("Recovery code").fill(recovery)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("button", name=re.compile("^Your account"))).to_be_visible()


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


def _give_password(page: Page) -> None:
    page.get_by_label("User name").fill(USERNAME)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
