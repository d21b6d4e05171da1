"""Connecting Gmail over the API."""

from __future__ import annotations

from html import escape
from typing import Annotated, Any, TypeVar
from urllib.parse import urlencode

from fastapi import APIRouter, Cookie, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from app.auth.dependencies import AdminUser, CurrentUser, OptionalIdentity, StreamUser
from app.auth.errors import AdminOnly
from app.core.errors import AppError
from app.core.settings import get_settings
from app.core.web import origin_of, problems
from app.mail import connecting
from app.mail.errors import RedirectNotAllowed
from app.mail.gmail.errors import (
    GmailClientGiven,
    GmailClientInvalid,
    GmailNotConfigured,
    RedirectInsecure,
)
from app.mail.gmail.permissions import Permission
from app.mail.schemas import AuthUrl, GmailClientOut

router = APIRouter(tags=["gmail"])
NONCE_COOKIE = "gmail_consent"
_Answer = TypeVar("_Answer", RedirectResponse, HTMLResponse)
NO_PERMISSIONS: list[Permission] = []
_BEGIN = problems(GmailNotConfigured, GmailClientInvalid, RedirectInsecure, RedirectNotAllowed)
_A_PAGE: dict[str, Any] = {"content": {"text/html": {}}, "description": "A page that says why not"}
_CALLBACK: dict[int | str, dict[str, Any]] = {302: {"description": "Connected"}, 400: _A_PAGE}


Permissions = Annotated[
    list[Permission], Query(description="What to ask for besides reading mail", max_length=4)
]


def _begin(
    request: Request, user_id: int, redirect_url: str | None, permissions: list[Permission]
) -> connecting.Consent:
    settings = get_settings()
    origin = origin_of(settings, request)
    target = connecting.allowed_redirect(settings, redirect_url, origin)
    callback = connecting.callback_address(settings, origin)
    return connecting.begin(
        settings, user_id, redirect_uri=callback, redirect_url=target, permissions=permissions
    )


def _is_handed_over(request: Request) -> bool:
    """Whether the address alone says who asks, in a browser that no page of ours sent here: somebody may have sent
    it to somebody else, whose mail would then be theirs."""
    from_elsewhere = request.headers.get("sec-fetch-site") in {"none", "cross-site"}
    return "token" in request.query_params and from_elsewhere


def _remember(response: _Answer, request: Request, nonce: str) -> _Answer:
    response.set_cookie(
        NONCE_COOKIE,
        nonce,
        max_age=600,
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
        path="/",
    )
    response.headers["Cache-Control"] = "no-store"
    return response


@router.get(
    "/gmail/auth",
    response_class=RedirectResponse,
    response_model=None,
    status_code=302,
    responses=_BEGIN | {200: {"content": {"text/html": {}}, "description": "A question first"}},
)
def begin_gmail_auth(
    request: Request,
    user: StreamUser,
    redirect_url: str | None = None,
    permissions: Permissions = NO_PERMISSIONS,
) -> RedirectResponse | HTMLResponse:
    """Send the browser to Google's consent page. A browser that comes here by a link with a token in it, and not from
    our own page, is first asked whether it means to."""
    consent = _begin(request, user.id, redirect_url, permissions)
    if _is_handed_over(request):
        return _remember(HTMLResponse(_question(user.username, consent.url)), request, consent.nonce)
    return _remember(RedirectResponse(consent.url, 302), request, consent.nonce)


@router.get("/gmail/auth/url", response_model=AuthUrl, responses=_BEGIN)
def get_gmail_auth_url(
    request: Request,
    _user: CurrentUser,
    redirect_url: str | None = None,
    permissions: Permissions = NO_PERMISSIONS,
) -> AuthUrl:
    """Where this browser begins the consent: our own address, which binds the consent to the browser."""
    settings = get_settings()
    target = connecting.allowed_redirect(settings, redirect_url, origin_of(settings, request))
    from app.mail.gmail import oauth

    if oauth.client_config(settings) is None:
        raise GmailNotConfigured
    query = urlencode([("redirect_url", target), *(("permissions", p.value) for p in permissions)])
    return AuthUrl(url=f"{origin_of(settings, request)}/api/gmail/auth?{query}")


@router.put(
    "/v1/gmail/client",
    response_model=GmailClientOut,
    responses=problems(AdminOnly, GmailClientInvalid, GmailClientGiven),
)
def put_gmail_client(_admin: AdminUser, client: dict[str, Any]) -> GmailClientOut:
    """Keep Google's OAuth client for this installation: the JSON as it was downloaded from Google. It replaces one
    that was handed over before, never one that the operator gave."""
    from app.mail.gmail import client_files, oauth

    oauth.check_client(client, "This file")
    client_files.keep(get_settings(), client)
    return GmailClientOut(kind="web" if "web" in client else "installed")


@router.get("/gmail/callback", response_class=HTMLResponse, response_model=None, responses=_CALLBACK)
def finish_gmail_auth(
    state: Annotated[str, Query(max_length=500)] = "",
    code: Annotated[str | None, Query(max_length=2000)] = None,
    error: Annotated[str | None, Query(max_length=200)] = None,
    gmail_consent: Annotated[str | None, Cookie()] = None,
    identity: OptionalIdentity = None,
) -> HTMLResponse | RedirectResponse:
    """Google sends the browser back here; a consent that can't be used gets a plain page that says why."""
    try:
        connected = connecting.finish(
            get_settings(),
            state=state,
            nonce=gmail_consent,
            code=code,
            error=error,
            signed_in_as=identity.user.id if identity is not None else None,
        )
    except AppError as problem:
        answer: HTMLResponse | RedirectResponse = HTMLResponse(_page(problem), 400)
    else:
        joint = "&" if "?" in connected.redirect_url else "?"
        answer = RedirectResponse(f"{connected.redirect_url}{joint}connected=gmail", 302)
    answer.delete_cookie(NONCE_COOKIE, path="/")
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _page(problem: AppError) -> str:
    return _plain(
        "Gmail was not connected",
        problem.title,
        f"<p>{escape(problem.detail)}</p><p>Your mail and your applications are untouched.</p>"
        "<p><a href='/mail'>Back to Jobtrail</a></p>",
    )


def _question(username: str, target: str) -> str:
    return _plain(
        "Connect Gmail",
        "Whose mail will this be?",
        f"<p>You are about to let the Jobtrail account <strong>{escape(username)}</strong> read your Gmail. If that "
        "is not you, close this page: nothing has happened.</p>"
        f"<p><a href='{escape(target)}'>I am {escape(username)}, go on to Google</a></p>",
    )


def _plain(title: str, heading: str, body: str) -> str:
    return (
        f"<!doctype html><html lang='en'><head><meta charset='utf-8'><title>{title}</title>"
        "<meta name='viewport' content='width=device-width'></head>"
        "<body style='font:16px/1.5 system-ui;max-width:36rem;margin:15vh auto;padding:0 1rem'>"
        f"<h1 style='font-size:1.25rem'>{escape(heading)}</h1>{body}</body></html>"
    )
