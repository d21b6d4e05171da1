"""Endpoints of signing in with Google: a browser goes to Google and comes back here."""

from __future__ import annotations

from html import escape
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Cookie, Depends, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from app.auth import google_sign_in, service
from app.auth.authentication import limit_requests
from app.auth.confirming import confirm
from app.auth.cookies import clear_cookie, set_cookie, set_cookies
from app.auth.dependencies import (
    CurrentIdentity,
    OptionalIdentity,
    address_of,
    anonymous_page,
    client_of,
)
from app.auth.errors import (
    CodeWrong,
    CredentialsInvalid,
    CsrfFailed,
    Deactivated,
    ForeignOrigin,
    GoogleDenied,
    GoogleNotConfigured,
    GoogleNotLinked,
    GoogleOffline,
    GoogleStateInvalid,
    GoogleTaken,
    GoogleTokenInvalid,
    GoogleUnavailable,
    GoogleUnknown,
    NotSignedIn,
    OnlyWayIn,
    SignInAgain,
    SlowDown,
    WrongPassword,
)
from app.auth.models import User
from app.auth.schemas import CodeIn, ConfirmIn, GoogleBegun, TokenOut, UserOut
from app.core import db
from app.core.errors import AppError
from app.core.settings import Settings, get_settings
from app.core.web import origin_of, problems

router = APIRouter(tags=["auth"])
ATTEMPT_COOKIE = "google_sign_in"
STEP_COOKIE = "google_second_step"
_PATH = "/api/auth/google"
_LINKED = "/settings/security?linked=google"
_CHANGING = problems(NotSignedIn, CredentialsInvalid, CsrfFailed, ForeignOrigin, SlowDown)
_CONFIRMED = _CHANGING | problems(CsrfFailed, ForeignOrigin, WrongPassword, SignInAgain, GoogleOffline)
_BEGIN = problems(GoogleNotConfigured, GoogleUnavailable, GoogleOffline, SlowDown)
_FINISH = problems(
    GoogleStateInvalid,
    GoogleTokenInvalid,
    GoogleDenied,
    GoogleUnknown,
    GoogleOffline,
    Deactivated,
    GoogleTaken,
    GoogleNotConfigured,
    GoogleUnavailable,
    SlowDown,
)


@router.get(
    "/auth/google",
    response_class=RedirectResponse,
    response_model=None,
    status_code=302,
    responses=_BEGIN,
)
def begin_google_sign_in(
    request: Request,
    next: Annotated[str, Query(max_length=500)] = "/",  # noqa: A002 (as the page calls it)
) -> Response:
    """Send the browser to Google; afterwards it goes on at `next`, a path of the page."""
    settings = get_settings()
    limit_requests(settings, f"address:{address_of(request)}")
    try:
        begun = google_sign_in.begin(settings, redirect_uri=_callback(request, settings), target=next)
    except AppError as error:
        return _told(request, error)
    answer = RedirectResponse(begun.url, 302)
    set_cookie(request, answer, settings, ATTEMPT_COOKIE, begun.cookie, google_sign_in.ATTEMPT_S, _PATH)
    return answer


@router.get(
    "/auth/google/callback",
    response_class=RedirectResponse,
    response_model=None,
    status_code=302,
    responses=_FINISH,
)
def finish_google_sign_in(
    request: Request,
    asker: OptionalIdentity,
    state: Annotated[str, Query(max_length=500)] = "",
    code: Annotated[str | None, Query(max_length=2000)] = None,
    error: Annotated[str | None, Query(max_length=200)] = None,
    google_sign_in_cookie: Annotated[str | None, Cookie(alias=ATTEMPT_COOKIE)] = None,
) -> Response:
    """Google sends the browser back here. Browsers are told on a plain page what went wrong, programs as ever."""
    settings = get_settings()
    try:
        done = google_sign_in.finish(
            settings,
            state=state,
            code=code,
            error=error,
            cookie=google_sign_in_cookie,
            asker=asker.user if asker else None,
            client=client_of(request),
        )
        answer = _signed_in(request, settings, done)
    except AppError as problem:
        answer = _told(request, problem)
    clear_cookie(request, answer, settings, ATTEMPT_COOKIE, _PATH)
    return answer


@router.post(
    "/auth/google/code",
    response_model=TokenOut,
    dependencies=[Depends(anonymous_page)],
    responses=problems(CodeWrong, GoogleStateInvalid, Deactivated, ForeignOrigin, SlowDown),
)
def finish_google_with_code(
    request: Request,
    response: Response,
    body: CodeIn,
    held: Annotated[str | None, Cookie(alias=STEP_COOKIE)] = None,
) -> TokenOut:
    """The second step of a sign-in with Google, where 2-step login is on."""
    settings, client = get_settings(), client_of(request)
    user = google_sign_in.finish_with_code(settings, held, body.code, client)
    issued = _open_session(settings, user, client)
    set_cookies(request, response, settings, issued)
    clear_cookie(request, response, settings, STEP_COOKIE, _PATH)
    return TokenOut(access_token=issued.access_token, expires_in=issued.expires_in)


@router.post(
    "/auth/google/link",
    response_model=GoogleBegun,
    responses=_CONFIRMED | problems(GoogleNotConfigured, GoogleUnavailable),
)
def begin_google_link(
    request: Request, response: Response, identity: CurrentIdentity, body: ConfirmIn
) -> GoogleBegun:
    """Begin to link a Google account to one's own. Only this browser can finish it, signed in as it is now."""
    settings = get_settings()
    confirm(identity, body.password, client_of(request))
    begun = google_sign_in.begin(
        settings, redirect_uri=_callback(request, settings), target=_LINKED, link=identity.user
    )
    set_cookie(request, response, settings, ATTEMPT_COOKIE, begun.cookie, google_sign_in.ATTEMPT_S, _PATH)
    return GoogleBegun(url=begun.url)


@router.post(
    "/auth/google/unlink",
    response_model=UserOut,
    responses=_CONFIRMED | problems(GoogleNotLinked, OnlyWayIn),
)
def unlink_google(request: Request, identity: CurrentIdentity, body: ConfirmIn) -> User:
    """Sign in without Google from now on."""
    confirm(identity, body.password, client_of(request))
    with db.transaction() as session:
        return google_sign_in.unlink(session, identity.user)


def _callback(request: Request, settings: Settings) -> str:
    return settings.google_redirect_uri or f"{origin_of(settings, request)}/api/auth/google/callback"


def _signed_in(request: Request, settings: Settings, done: google_sign_in.Finished) -> Response:
    if done.linked:
        return RedirectResponse(done.target, 302)
    if done.user.has_totp:
        query = urlencode({"step": "code", "next": done.target})
        answer = RedirectResponse(f"/sign-in?{query}", 302)
        held = google_sign_in.hold_for_code(settings, done.user)
        set_cookie(request, answer, settings, STEP_COOKIE, held, google_sign_in.SECOND_STEP_S, _PATH)
        return answer
    answer = RedirectResponse(done.target, 302)
    set_cookies(request, answer, settings, _open_session(settings, done.user, client_of(request)))
    return answer


def _open_session(settings: Settings, user: User, client: service.Client) -> service.IssuedToken:
    with db.transaction() as session:
        return service.open_session(session, settings, user.id, client)


def _told(request: Request, problem: AppError) -> Response:
    """A page for whoever looks at one; programs get the error as they get all others."""
    if "text/html" not in request.headers.get("accept", ""):
        raise problem
    page = (
        "<!doctype html><html lang='en'><head><meta charset='utf-8'><title>Sign in with Google</title>"
        "<meta name='viewport' content='width=device-width'><meta name='color-scheme' content='light dark'></head>"
        "<body style='font:16px/1.5 system-ui;max-width:36rem;margin:15vh auto;padding:0 1rem'>"
        f"<h1 style='font-size:1.25rem'>{escape(problem.title)}</h1>"
        f"<p>{escape(problem.detail)}</p><p><a href='/'>Back to Jobtrail</a></p></body></html>"
    )
    return HTMLResponse(page, problem.status, headers=problem.headers)
