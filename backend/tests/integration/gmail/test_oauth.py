"""Connecting Gmail against a Google with a consent page."""

from __future__ import annotations

import json
from contextlib import closing
from typing import Any

import pytest
from pydantic import SecretStr

from app.core.settings import Settings
from app.mail.gmail import oauth
from app.mail.gmail.client import GmailClient
from app.mail.gmail.errors import ApiDisabled, ConsentDenied, ExchangeFailed, ReauthRequired, ScopeMissing
from app.mail.sources import SourceUnavailable
from tests.fakes.google import FakeGoogle
from tests.fakes.google_consent import ConsentBlocked, give_consent
from tests.fakes.google_mailbox import Mailbox
from tests.integration.gmail.conftest import ADDRESS, QUICK

REDIRECT = "http://localhost:8000/api/gmail/callback"
EMAIL_SCOPE = "https://www.googleapis.com/auth/userinfo.email"


def exchange(
    settings: Settings, request: oauth.AuthorizationRequest, answer: dict[str, str], **more: Any
) -> Any:
    given = {
        "code": answer["code"],
        "code_verifier": request.code_verifier,
        "redirect_uri": REDIRECT,
        "state": request.state,
    }
    return oauth.exchange(settings, **(given | more))


def address_of(settings: Settings, payload: bytes) -> str:
    """Use the credentials."""
    with closing(GmailClient(settings, payload, save=lambda _payload: None, policy=QUICK)) as client:
        return client.profile().address


def test_the_chosen_account_is_connected(settings: Settings, google: FakeGoogle, box: Mailbox) -> None:
    google.mailbox("second@example.com")
    request = oauth.authorization(settings, REDIRECT)
    answer = give_consent(request.url, address="second@example.com")
    assert answer["state"] == request.state
    assert answer["redirect_uri"] == REDIRECT
    granted = exchange(settings, request, answer)
    assert granted.address == "second@example.com"
    assert granted.scopes == (oauth.READ_SCOPE,)
    assert address_of(settings, granted.payload_json) == "second@example.com"
    google.oauth.expire_access_tokens()
    assert address_of(settings, granted.payload_json) == "second@example.com"


def test_a_token_that_had_to_be_renewed_while_connecting_is_the_one_kept(
    settings: Settings, google: FakeGoogle, box: Mailbox
) -> None:
    google.faults.set(token_life_s=30, rotate_refresh_tokens=True)
    request = oauth.authorization(settings, REDIRECT)
    granted = exchange(settings, request, give_consent(request.url))
    google.oauth.expire_access_tokens()
    assert address_of(settings, granted.payload_json) == ADDRESS


def test_a_code_works_once(settings: Settings, box: Mailbox) -> None:
    request = oauth.authorization(settings, REDIRECT)
    answer = give_consent(request.url)
    exchange(settings, request, answer)
    with pytest.raises(ExchangeFailed) as caught:
        exchange(settings, request, answer)
    assert (caught.value.status, caught.value.code) == (400, "gmail.exchange_failed")
    assert answer["code"] not in caught.value.detail


def test_a_code_is_bound_to_its_verifier_and_address(settings: Settings, box: Mailbox) -> None:
    for changed in ({"code_verifier": "x" * 64}, {"redirect_uri": "http://localhost:9/other"}):
        request = oauth.authorization(settings, REDIRECT)
        with pytest.raises(ExchangeFailed):
            exchange(settings, request, give_consent(request.url), **changed)


def test_the_fake_insists_on_pkce(settings: Settings, box: Mailbox) -> None:
    url = oauth.authorization(settings, REDIRECT).url
    with pytest.raises(ConsentBlocked):
        give_consent(url.replace("code_challenge_method=S256", "code_challenge_method=plain"))


def test_no_means_no(settings: Settings, box: Mailbox) -> None:
    request = oauth.authorization(settings, REDIRECT)
    answer = give_consent(request.url, allow=False)
    assert "code" not in answer
    assert isinstance(oauth.refused(answer["error"]), ConsentDenied)


def test_mail_left_unticked_is_noticed(settings: Settings, box: Mailbox) -> None:
    scopes = (oauth.READ_SCOPE, EMAIL_SCOPE)
    request = oauth.authorization(settings, REDIRECT, scopes)
    answer = give_consent(request.url, untick=[oauth.READ_SCOPE])
    with pytest.raises(ScopeMissing) as caught:
        exchange(settings, request, answer, scopes=scopes)
    assert caught.value.code == "gmail.scope_missing"


def test_everything_left_unticked_is_noticed(settings: Settings, box: Mailbox) -> None:
    request = oauth.authorization(settings, REDIRECT)
    answer = give_consent(request.url, untick=[oauth.READ_SCOPE])
    with pytest.raises(ScopeMissing):
        exchange(settings, request, answer)


def test_other_things_left_unticked_do_not_matter(
    settings: Settings, google: FakeGoogle, box: Mailbox
) -> None:
    scopes = (oauth.READ_SCOPE, EMAIL_SCOPE)
    request = oauth.authorization(settings, REDIRECT, scopes)
    granted = exchange(settings, request, give_consent(request.url, untick=[EMAIL_SCOPE]), scopes=scopes)
    assert granted.scopes == (oauth.READ_SCOPE,)
    google.oauth.expire_access_tokens()
    assert address_of(settings, granted.payload_json) == ADDRESS


def test_a_desktop_client_does_as_well(google: FakeGoogle, settings: Settings, box: Mailbox) -> None:
    desktop = SecretStr(json.dumps(google.client_json("installed")))
    other = settings.model_copy(update={"gmail_credentials_json": desktop})
    request = oauth.authorization(other, REDIRECT)
    assert exchange(other, request, give_consent(request.url)).address == ADDRESS


def test_an_api_that_is_off_shows_when_connecting(
    settings: Settings, google: FakeGoogle, box: Mailbox
) -> None:
    request = oauth.authorization(settings, REDIRECT)
    answer = give_consent(request.url)
    google.faults.set(next_requests=["off"])
    with pytest.raises(ApiDisabled):
        exchange(settings, request, answer)


def test_a_token_endpoint_out_of_reach(settings: Settings, google: FakeGoogle, box: Mailbox) -> None:
    request = oauth.authorization(settings, REDIRECT)
    answer = give_consent(request.url)
    text = settings.gmail_credentials_json.get_secret_value().replace(
        f"{google.url}/token", "http://127.0.0.1:9/token"
    )
    gone = settings.model_copy(update={"gmail_credentials_json": type(settings.gmail_credentials_json)(text)})
    with pytest.raises(SourceUnavailable):
        exchange(gone, request, answer)


def test_revoking_ends_the_grant(settings: Settings, payload: bytes) -> None:
    assert address_of(settings, payload) == ADDRESS
    assert oauth.revoke(settings, payload) is True
    with pytest.raises(ReauthRequired):
        address_of(settings, payload)
    assert oauth.revoke(settings, payload) is True


def test_a_revocation_that_does_not_arrive_says_so(settings: Settings, payload: bytes) -> None:
    away = settings.model_copy(update={"google_revoke_url": "http://127.0.0.1:9/revoke"})
    assert oauth.revoke(away, payload) is False
