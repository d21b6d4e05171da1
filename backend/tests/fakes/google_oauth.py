"""The OAuth side of the fake: a consent page, codes with PKCE, tokens that expire and can be revoked."""

from __future__ import annotations

import base64
import hashlib
import html
import secrets
import threading
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from tests.fakes.google_faults import Faults, Reply
from tests.fakes.google_mailbox import Mailbox
from tests.fakes.google_people import People

CLIENT_ID = "jobtrail-tests.apps.googleusercontent.example"
CLIENT_SECRET = "not-a-secret-of-the-fake"
_CODE_LIFE_S = 600
Form = dict[str, str]


@dataclass
class _Code:
    address: str
    scopes: list[str]
    redirect_uri: str
    challenge: str
    expires: float
    offline: bool
    nonce: str = ""


@dataclass
class _Grant:
    address: str
    scopes: list[str]
    revoked: bool = False


class OAuth:
    """Codes, grants (by refresh token) and access tokens."""

    def __init__(self, mailboxes: dict[str, Mailbox], faults: Faults) -> None:
        self._mailboxes = mailboxes
        self._faults = faults
        self.people = People()
        self.base = ""
        self._codes: dict[str, _Code] = {}
        self._grants: dict[str, _Grant] = {}
        self._access: dict[str, tuple[_Grant, float]] = {}
        self._uses: dict[str, int] = {}
        self._lock = threading.Lock()

    def consent_page(self, query: Form) -> Reply:
        """What people see: which account, which permissions, allow or deny."""
        problem = self._check_request(query)
        if problem:
            return _page("Access blocked", f"<p>Error 400: {html.escape(problem)}</p>", status=400)
        accounts = "".join(
            f'<label><input type="radio" name="address" value="{html.escape(a)}"'
            f"{' checked' if n == 0 else ''}> {html.escape(a)}</label><br>"
            for n, a in enumerate(self._mailboxes)
        )
        scopes = "".join(
            f'<label><input type="checkbox" name="scope" value="{html.escape(s)}" checked> '
            f"{html.escape(s.rsplit('/', 1)[-1])}</label><br>"
            for s in query["scope"].split()
        )
        hidden = "".join(
            f'<input type="hidden" name="{name}" value="{html.escape(query.get(name, ""))}">'
            for name in (
                "redirect_uri",
                "state",
                "code_challenge",
                "access_type",
                "prompt",
                "include_granted_scopes",
                "nonce",
            )
        )
        return _page(
            "Jobtrail wants to access your Google Account",
            f'<form method="post" action="/o/oauth2/v2/decision">{hidden}<h2>Choose an account</h2>{accounts}'
            f"<h2>It will be able to</h2>{scopes}"
            '<button name="decision" value="allow">Allow</button> '
            '<button name="decision" value="deny">Deny</button></form>',
        )

    def decide(self, form: dict[str, list[str]]) -> Reply:
        """The click on the consent page: back to the client with a code, or with an error."""
        one = {name: values[0] for name, values in form.items()}
        answer = {"state": one.get("state", "")}
        if one.get("decision") == "allow":
            code = secrets.token_urlsafe(24)
            with self._lock:
                scopes = form.get("scope", [])
                if one.get("include_granted_scopes") == "true":
                    scopes = sorted({*scopes, *self._granted_before(one["address"])})
                self._codes[code] = _Code(
                    address=one["address"],
                    scopes=scopes,
                    redirect_uri=one["redirect_uri"],
                    challenge=one.get("code_challenge", ""),
                    expires=time.time() + _CODE_LIFE_S,
                    offline=one.get("access_type") == "offline",
                    nonce=one.get("nonce", ""),
                )
            answer |= {"code": code, "scope": " ".join(form.get("scope", []))}
        else:
            answer["error"] = "access_denied"
        mark = "&" if urlsplit(one["redirect_uri"]).query else "?"
        return Reply(302, b"", {"Location": one["redirect_uri"] + mark + urlencode(answer)})

    def token(self, form: Form, authorization: str) -> Reply:
        """The token endpoint, for both grant types."""
        if authorization.startswith("Basic "):
            user, _, secret = base64.b64decode(authorization[6:]).decode().partition(":")
            form = {"client_id": user, "client_secret": secret, **form}
        if (form.get("client_id"), form.get("client_secret")) != (CLIENT_ID, CLIENT_SECRET):
            return _refuse("invalid_client", "The OAuth client was not found.", 401)
        with self._lock:
            if form.get("grant_type") == "authorization_code":
                return self._trade_code(form)
            if form.get("grant_type") == "refresh_token":
                return self._refresh(form)
        return _refuse("unsupported_grant_type", "Invalid grant_type")

    def revoke(self, token: str) -> Reply:
        with self._lock:
            grant = self._grants.get(token) or next(
                (g for t, (g, _) in self._access.items() if t == token), None
            )
            if grant is None or grant.revoked:
                return _refuse("invalid_token", "Token expired or revoked")
            grant.revoked = True
        return Reply(body={})

    def revoke_address(self, address: str) -> None:
        """As if the user had removed the app in the Google account."""
        with self._lock:
            for grant in self._grants.values():
                grant.revoked = grant.revoked or grant.address == address

    def has_grant(self, address: str) -> bool:
        """Whether somebody's consent still holds."""
        with self._lock:
            return any(grant.address == address and not grant.revoked for grant in self._grants.values())

    def expire_access_tokens(self) -> None:
        """All access tokens stop working; refresh tokens go on."""
        with self._lock:
            self._access.clear()

    def authenticate(self, token: str) -> tuple[str, frozenset[str]] | None:
        with self._lock:
            grant, expires = self._access.get(token, (None, 0.0))
            if grant is None or grant.revoked or expires <= time.time():
                return None
            uses = self._uses[token] = self._uses.get(token, 0) + 1
            if self._faults.plan.token_uses is not None and uses > self._faults.plan.token_uses:
                return None
            return grant.address, frozenset(grant.scopes)

    def grant(self, address: str, scopes: list[str]) -> dict[str, Any]:
        """Tokens without the consent page, for tests of what comes after."""
        with self._lock:
            return self._tokens(_Grant(address, scopes), with_refresh=True)

    def _granted_before(self, address: str) -> set[str]:
        grants = (g for g in self._grants.values() if g.address == address and not g.revoked)
        return {scope for grant in grants for scope in grant.scopes}

    def _check_request(self, query: Form) -> str:
        if query.get("client_id") != CLIENT_ID:
            return "invalid_client"
        if query.get("response_type") != "code" or not query.get("redirect_uri") or not query.get("scope"):
            return "invalid_request"
        if self._faults.plan.require_pkce and (
            query.get("code_challenge_method") != "S256" or not query.get("code_challenge")
        ):
            return "invalid_request: code_challenge"
        return ""

    def _trade_code(self, form: Form) -> Reply:
        code = self._codes.pop(form.get("code", ""), None)
        if code is None or code.expires < time.time():
            return _refuse("invalid_grant", "Malformed auth code.")
        if form.get("redirect_uri") != code.redirect_uri:
            return _refuse("redirect_uri_mismatch", "Bad Request")
        if code.challenge and _challenge(form.get("code_verifier", "")) != code.challenge:
            return _refuse("invalid_grant", "Invalid code verifier.")
        made = self._tokens(_Grant(code.address, code.scopes), with_refresh=code.offline)
        if "openid" in code.scopes:
            made["id_token"] = self.people.id_token(
                self.base, CLIENT_ID, code.address, code.nonce, made["access_token"]
            )
        return Reply(body=made)

    def _refresh(self, form: Form) -> Reply:
        token = form.get("refresh_token", "")
        grant = self._grants.get(token)
        if grant is None or grant.revoked:
            return _refuse("invalid_grant", "Token has been expired or revoked.")
        if not set(form.get("scope", "").split()) <= set(grant.scopes):
            return _refuse("invalid_scope", "Some requested scopes were invalid.")
        rotate = self._faults.plan.rotate_refresh_tokens
        if rotate:
            del self._grants[token]
        return Reply(body=self._tokens(grant, with_refresh=rotate))

    def _tokens(self, grant: _Grant, *, with_refresh: bool) -> dict[str, Any]:
        access, life = f"ya29.{secrets.token_urlsafe(24)}", self._faults.plan.token_life_s
        self._access[access] = (grant, time.time() + life)
        found: dict[str, Any] = {
            "access_token": access,
            "expires_in": life,
            "scope": " ".join(sorted(grant.scopes)),
            "token_type": "Bearer",
        }
        if with_refresh:
            refresh = f"1//{secrets.token_urlsafe(32)}"
            self._grants[refresh] = grant
            found["refresh_token"] = refresh
        return found


def _challenge(verifier: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")


def _refuse(error: str, description: str, status: int = 400) -> Reply:
    return Reply(status, {"error": error, "error_description": description})


def _page(title: str, body: str, status: int = 200) -> Reply:
    text = (
        f"<!doctype html><html lang=en><meta charset=utf-8><title>{title}</title>"
        "<style>body{font:16px/1.5 system-ui;max-width:28rem;margin:4rem auto;padding:0 1rem}</style>"
        f"<h1>{title}</h1>{body}</html>"
    )
    return Reply(status, text.encode(), {"Content-Type": "text/html; charset=utf-8"})
