"""Signing in with Google: who gets in, and every check that keeps others out."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from fastapi import FastAPI

from app.core.settings import Settings
from app.main import create_app
from tests.factories.accounts import (
    client_from,
    find_user,
    make_user,
)
from tests.factories.google_sign_ins import (
    ADDRESS,
    begin,
    come_back,
    linked_to,
    refused,
    settings_with,
    sign_in,
    who,
)
from tests.fakes.google import FakeGoogle
from tests.fakes.google_consent import give_consent
from tests.fakes.google_people import private_key, public_key


@pytest.fixture
def app(app_settings: Settings, db: None, google: FakeGoogle) -> FastAPI:
    return create_app(settings_with(google, app_settings))


@pytest.fixture
def open_app(app_settings: Settings, db: None, google: FakeGoogle) -> FastAPI:
    """One that takes strangers."""
    return create_app(settings_with(google, app_settings, registration="open"))


def test_the_linked_account_is_signed_in_and_sent_on(app: FastAPI) -> None:
    linked_to("ana")
    client = client_from(app)
    assert client.get("/api/auth/status").json()["google"] is True
    answer = sign_in(client, "/applications?q=stage%3Aoffer")
    assert (answer.status_code, answer.headers["location"]) == (302, "/applications?q=stage%3Aoffer")
    assert who(client) == "ana"
    cookies = " ".join(answer.headers.get_list("set-cookie")).lower()
    assert "httponly" in cookies
    assert "samesite=lax" in cookies
    assert 'google_sign_in=""' in cookies


def test_the_request_to_google_has_state_nonce_and_pkce(app: FastAPI) -> None:
    client = client_from(app)
    first, second = (parse_qs(urlsplit(begin(client)).query) for _ in range(2))
    assert first["code_challenge_method"] == ["S256"]
    assert first["response_type"] == ["code"]
    assert first["redirect_uri"] == ["http://localhost:8000/api/auth/google/callback"]
    for name in ("state", "nonce", "code_challenge"):
        assert len(first[name][0]) >= 32
        assert first[name] != second[name]
    cookie = client.cookies["google_sign_in"]
    assert not any(value[0] in cookie for value in first.values())


def test_strangers_stay_out_where_registration_is_closed(app: FastAPI) -> None:
    make_user("owner")
    client = client_from(app)
    refused(sign_in(client), "auth.google_unknown", client)
    assert find_user(ADDRESS) is None


def test_strangers_get_an_account_where_it_is_open(open_app: FastAPI) -> None:
    make_user("owner")
    client = client_from(open_app)
    assert sign_in(client).status_code == 302
    me = client.get("/api/me").json()
    assert (me["username"], me["email"], me["is_admin"]) == (ADDRESS, ADDRESS, False)
    assert (me["has_password"], me["has_google"]) == (False, True)
    again = client_from(open_app)
    sign_in(again)
    assert again.get("/api/me").json()["id"] == me["id"]


def test_a_stranger_is_never_the_first_user(open_app: FastAPI) -> None:
    client = client_from(open_app)
    refused(sign_in(client), "auth.google_unknown", client)
    assert client.get("/api/auth/status").json()["owner_exists"] is False


def test_an_address_alone_binds_nothing(app: FastAPI) -> None:
    """Whoever owns a Google address must not get into an account that merely carries it."""
    make_user("owner")
    linked_to("ana", google_sub=None, google_email=None, email=ADDRESS)
    client = client_from(app)
    refused(sign_in(client), "auth.google_unknown", client)


def test_a_verified_address_binds_the_account_that_asked(app: FastAPI, google: FakeGoogle) -> None:
    linked_to("ana", google_sub=None, google_email=ADDRESS)
    google.people.verified = False
    unverified = client_from(app)
    refused(sign_in(unverified), "auth.google_unknown", unverified)
    google.people.verified = True
    client = client_from(app)
    sign_in(client)
    assert who(client) == "ana"
    # From now on by the number alone, whatever the address is.
    google.people.bend(claims={"email": "renamed@example.com"})
    later = client_from(app)
    sign_in(later)
    assert who(later) == "ana"


BENT: dict[str, dict[str, Any]] = {
    "issuer": {"claims": {"iss": "https://accounts.google.com"}},
    "no issuer": {"claims": {"iss": None}},
    "audience": {"claims": {"aud": "somebody-elses.apps.googleusercontent.example"}},
    "no audience": {"claims": {"aud": None}},
    "several audiences": {
        "claims": {"aud": ["jobtrail-tests.apps.googleusercontent.example", "x"], "azp": "x"}
    },
    "authorized party": {"claims": {"azp": "somebody-elses.apps.googleusercontent.example"}},
    "signature": {"spoilt": True},
    "another key": {"key": private_key("nobody-knows-it")},
    "unknown key name": {"kid": "unknown"},
    "expired": {"claims": {"iat": 1_700_000_000, "exp": 1_700_003_600}},
    "no expiry": {"claims": {"exp": None}},
    "from the future": {"claims": {"iat": 4_000_000_000, "exp": 4_000_003_600}},
    "nonce": {"claims": {"nonce": "of-another-sign-in"}},
    "no nonce": {"claims": {"nonce": None}},
    "no sub": {"claims": {"sub": None}},
    "of another access token": {"claims": {"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"}},
    "alg none": {"unsigned": True},
    "alg HS256 with the public key": {"algorithm": "HS256", "key": public_key()},
    "alg RS512": {"algorithm": "RS512"},
}


@pytest.mark.one_database
def test_an_id_token_that_is_not_right_signs_nobody_in(app: FastAPI, google: FakeGoogle) -> None:
    linked_to("ana")
    let_in = []
    for name, how in BENT.items():
        client = client_from(app)
        url = begin(client)
        google.people.bend(**how)
        answer = come_back(client, url)
        if (answer.status_code, answer.json().get("code")) != (400, "auth.google_token") or who(client):
            let_in.append((name, answer.status_code, answer.text[:200]))
    assert let_in == []
    assert sign_in(client_from(app)).status_code == 302, "the honest one is let in"


def test_a_new_key_is_fetched_when_it_is_first_seen(
    app: FastAPI, google: FakeGoogle, clock: time_machine.Traveller
) -> None:
    linked_to("ana")
    assert sign_in(client_from(app)).status_code == 302
    google.people.kids = ["fake-key-2", "fake-key-1"]
    clock.shift(120)
    google.people.bend(kid="fake-key-2")
    asked = google.people.asked_for_keys
    client = client_from(app)
    assert sign_in(client).status_code == 302
    assert google.people.asked_for_keys == asked + 1
    google.people.kids = ["fake-key-1"]


def test_an_answer_needs_its_own_state_and_browser(app: FastAPI) -> None:
    linked_to("ana")
    client, other = client_from(app), client_from(app)
    refused(come_back(client, begin(client), state="made-up"), "auth.google_state", client)
    refused(come_back(client, begin(client), state=None), "auth.google_state", client)
    # A link of a sign-in that somebody else began: another cookie, or none, and the right state.
    refused(come_back(other, begin(client)), "auth.google_state", other)
    begin(other)
    refused(come_back(other, begin(client)), "auth.google_state", other)


def test_a_forged_or_old_cookie_is_none(app: FastAPI, clock: time_machine.Traveller) -> None:
    linked_to("ana")
    client = client_from(app)
    url = begin(client)
    client.cookies.clear()
    client.cookies.set("google_sign_in", "forged")
    refused(come_back(client, url), "auth.google_state", client)
    client.cookies.clear()
    url = begin(client)
    clock.shift(601)
    refused(come_back(client, url), "auth.google_state", client)


def test_a_code_counts_once_and_for_its_own_challenge(app: FastAPI, google: FakeGoogle) -> None:
    linked_to("ana")
    client = client_from(app)
    url = begin(client)
    kept = client.cookies["google_sign_in"]
    query = give_consent(url, address=ADDRESS)
    query.pop("redirect_uri")
    assert client.get("/api/auth/google/callback", params=query, follow_redirects=False).status_code == 302
    replay = client_from(app)
    replay.cookies.set("google_sign_in", kept)
    again = replay.get("/api/auth/google/callback", params=query, follow_redirects=False)
    refused(again, "auth.google_denied", replay)

    # A code that was issued for another challenge: the verifier of this browser does not fit it.
    stolen = dict(part.split("=", 1) for part in urlsplit(begin(client_from(app))).query.split("&"))
    client = client_from(app)
    url = begin(client)
    own = dict(part.split("=", 1) for part in urlsplit(url).query.split("&"))
    mixed = url.replace(own["code_challenge"], stolen["code_challenge"])
    refused(come_back(client, mixed), "auth.google_denied", client)


def test_denied_at_google_changes_nothing(app: FastAPI) -> None:
    client = client_from(app)
    refused(come_back(client, begin(client), code=None, error="access_denied"), "auth.google_denied", client)
