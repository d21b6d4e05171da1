"""Connecting Gmail over the API: the whole way round, and everything that must not connect."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import select

from app.core import db
from app.mail.models import MailAccount, OauthState
from tests.factories.accounts import client_from, sign_in_by_cookie
from tests.fakes.google import READ_SCOPE, FakeGoogle
from tests.fakes.google_consent import give_consent
from tests.fakes.google_mailbox import Mailbox
from tests.integration.conftest import Person
from tests.integration.mailsync.conftest import ADDRESS, begin_consent, come_back, connect


def accounts() -> list[MailAccount]:
    with db.read_session() as session:
        return list(session.scalars(select(MailAccount).order_by(MailAccount.id)))


def refused(answer: object, words: str) -> None:
    """A page for a person that says what went wrong; nothing was connected, nothing technical is shown."""
    status, kind, text = (getattr(answer, name) for name in ("status_code", "headers", "text"))
    assert status == 400, text
    assert kind["content-type"].startswith("text/html")
    assert kind["cache-control"] == "no-store"
    assert words in text
    assert "untouched" in text
    assert "Traceback" not in text
    assert "state=" not in text
    assert accounts() == []


def test_the_way_round(ana: Person, google: FakeGoogle, box: Mailbox) -> None:
    target = begin_consent(ana, redirect_url="/mail?tab=accounts")
    asked = parse_qs(urlsplit(target).query)
    assert asked["access_type"] == ["offline"]
    assert asked["prompt"] == ["consent"]
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["scope"] == [READ_SCOPE]
    assert asked["redirect_uri"] == ["http://localhost:8000/api/gmail/callback"]
    answer = come_back(ana, give_consent(target))
    assert answer.status_code == 302
    assert answer.headers["location"] == "/mail?tab=accounts&connected=gmail"
    assert "gmail_consent" not in ana.http.cookies

    (shown,) = ana.http.get("/api/mail-accounts").json()["items"]
    assert (shown["provider"], shown["address"], shown["needs_reauth"], shown["emails"]) == (
        "gmail",
        ADDRESS,
        False,
        0,
    )
    (stored,) = accounts()
    assert stored.user_id == ana.id
    assert stored.credentials is not None
    for secret in (b"refresh_token", b"client_secret", b"ya29"):
        assert secret not in stored.credentials
    assert stored.scopes == [READ_SCOPE]
    with db.read_session() as session:
        assert session.scalars(select(OauthState)).all() == []


def test_connecting_again_renews_the_account(ana: Person, google: FakeGoogle, box: Mailbox) -> None:
    google.mailbox("second@example.com")
    first = connect(ana)
    before = accounts()[0].credentials
    assert connect(ana) == first
    assert accounts()[0].credentials != before
    assert connect(ana, "second@example.com") != first
    assert len(accounts()) == 2


def test_no_means_no(ana: Person, box: Mailbox) -> None:
    refused(come_back(ana, give_consent(begin_consent(ana), allow=False)), "not granted")


def test_permission_left_unticked(ana: Person, box: Mailbox) -> None:
    refused(come_back(ana, give_consent(begin_consent(ana), untick=[READ_SCOPE])), "permission")


def test_a_consent_works_once(ana: Person, google: FakeGoogle, box: Mailbox) -> None:
    target = begin_consent(ana)
    nonce = ana.http.cookies["gmail_consent"]
    answer = give_consent(target)
    assert come_back(ana, answer).status_code == 302
    (before,) = accounts()
    ana.http.cookies.set("gmail_consent", nonce, domain="localhost.local")
    again = come_back(ana, answer)
    assert again.status_code == 400
    assert "used already" in again.text
    assert accounts()[0].credentials == before.credentials


def test_a_consent_lives_ten_minutes(ana: Person, box: Mailbox) -> None:
    answer = give_consent(begin_consent(ana))
    with time_machine.travel(timedelta(minutes=11), tick=True):
        refused(come_back(ana, answer), "too old")


def test_a_consent_begun_in_another_browser(ana: Person, bob: Person, box: Mailbox) -> None:
    """A link that somebody else sends must not put their mailbox into my account, nor mine into theirs."""
    answer = give_consent(begin_consent(bob))
    refused(come_back(ana, answer), "another browser")
    own = give_consent(begin_consent(ana))
    refused(come_back(bob, own), "another browser")


def test_a_browser_without_the_cookie(ana: Person, box: Mailbox) -> None:
    answer = give_consent(begin_consent(ana))
    nonce = ana.http.cookies["gmail_consent"]
    ana.http.cookies.clear()
    refused(come_back(ana, answer), "another browser")
    ana.http.cookies.set("gmail_consent", nonce, domain="localhost.local")
    assert come_back(ana, answer).status_code == 302, "who tries without it spoils nothing"


@pytest.mark.parametrize("state", ["", "made-up", "x" * 400, "\x00", "<script>alert(1)</script>"])
def test_a_state_that_is_not_ours(ana: Person, box: Mailbox, state: str) -> None:
    begin_consent(ana)
    answer = ana.http.get("/api/gmail/callback", params={"state": state, "code": "x"}, follow_redirects=False)
    refused(answer, "used already or is too old")
    assert "<script>" not in answer.text


def test_a_code_that_google_does_not_know(ana: Person, box: Mailbox) -> None:
    answer = give_consent(begin_consent(ana)) | {"code": "4/forged"}
    refused(come_back(ana, answer), "Google")


def test_google_is_out_of_reach(ana: Person, google: FakeGoogle, box: Mailbox) -> None:
    answer = give_consent(begin_consent(ana))
    google.faults.set(next_requests=["off"])
    refused(come_back(ana, answer), "Gmail API")


@pytest.mark.parametrize(
    "wanted",
    [
        "https://evil.example/",
        "//evil.example",
        "javascript:alert(1)",
        "http://localhost:8000.evil.example/",
        "/\\evil",
    ],
)
def test_it_never_leads_elsewhere(ana: Person, box: Mailbox, wanted: str) -> None:
    answer = ana.http.get("/api/gmail/auth", params={"redirect_url": wanted}, follow_redirects=False)
    assert (answer.status_code, answer.json()["code"]) == (400, "gmail.redirect_not_allowed")


def test_a_page_of_an_allowed_origin(ana: Person, box: Mailbox) -> None:
    answer = come_back(ana, give_consent(begin_consent(ana, redirect_url="http://localhost:5173/mail")))
    assert answer.headers["location"] == "http://localhost:5173/mail?connected=gmail"


def test_a_ticket_begins_it_too(ana: Person, box: Mailbox, google: FakeGoogle) -> None:
    """A browser that jumps to Google can't send headers."""
    ticket = ana.http.post("/api/auth/ticket").json()["ticket"]
    browser = client_from(ana.http.app)  # type: ignore[arg-type]
    assert browser.get("/api/gmail/auth", follow_redirects=False).status_code == 401
    answer = browser.get("/api/gmail/auth", params={"token": ticket}, follow_redirects=False)
    assert answer.status_code == 302
    consent = give_consent(answer.headers["location"])
    done = browser.get(
        "/api/gmail/callback",
        params={"state": consent["state"], "code": consent["code"]},
        follow_redirects=False,
    )
    assert done.status_code == 302
    assert accounts()[0].user_id == ana.id


def test_a_link_that_somebody_sent_asks_first(ana: Person, box: Mailbox, google: FakeGoogle) -> None:
    """Whoever follows a link with a stranger's ticket would give that stranger their mail."""
    for site in ("none", "cross-site"):
        ticket = ana.http.post("/api/auth/ticket").json()["ticket"]
        browser = client_from(ana.http.app)  # type: ignore[arg-type]
        answer = browser.get(
            "/api/gmail/auth",
            params={"token": ticket},
            headers={"Sec-Fetch-Site": site},
            follow_redirects=False,
        )
        assert answer.status_code == 200
        assert "account <strong>ana</strong>" in answer.text
        (target,) = re.findall(r"href='([^']+)'", answer.text)
        assert target.startswith(google.url)
        assert done_by(browser, unescape(target)).status_code == 302
    ticket = ana.http.post("/api/auth/ticket").json()["ticket"]
    own = client_from(ana.http.app)  # type: ignore[arg-type]
    from_our_page = {"Sec-Fetch-Site": "same-origin"}
    params = {"token": ticket}
    answer = own.get("/api/gmail/auth", params=params, headers=from_our_page, follow_redirects=False)
    assert answer.status_code == 302


def test_a_link_for_another_account_than_the_browsers_own(
    ana: Person, bob: Person, box: Mailbox, google: FakeGoogle
) -> None:
    """Bob's link in Ana's browser, which is signed in as Ana: her mail does not become his."""
    ticket = bob.http.post("/api/auth/ticket").json()["ticket"]
    browser = client_from(ana.http.app)  # type: ignore[arg-type]
    sign_in_by_cookie(browser, "ana")
    answer = browser.get("/api/gmail/auth", params={"token": ticket}, follow_redirects=False)
    refused(done_by(browser, answer.headers["location"]), "another account")


def done_by(browser: TestClient, target: str) -> Response:
    """Consent at Google, and what the browser gets to see when it comes back."""
    consent = give_consent(target)
    return browser.get(
        "/api/gmail/callback",
        params={"state": consent["state"], "code": consent["code"]},
        follow_redirects=False,
    )


def test_without_an_oauth_client(ana: Person) -> None:
    for path in ("/api/gmail/auth", "/api/gmail/auth/url"):
        answer = ana.http.get(path, follow_redirects=False)
        assert answer.json()["code"] == "gmail.not_configured"
        assert answer.headers["content-type"] == "application/problem+json"
    health = ana.http.get("/api/gmail/health").json()
    assert health["gmail_configured"] is False
