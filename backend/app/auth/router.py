"""Endpoints of accounts: first start, signing in and out, sessions, passwords, tickets, keys, settings."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request, Response
from pydantic import JsonValue

from app.auth import passwords, service, tokens, two_step
from app.auth.authentication import Via
from app.auth.confirming import confirm
from app.auth.cookies import clear_cookies, set_cookies
from app.auth.dependencies import (
    CurrentIdentity,
    CurrentUser,
    OptionalIdentity,
    anonymous_page,
    client_of,
    is_local,
)
from app.auth.errors import (
    ApiKeyNotFound,
    CodeRequired,
    CodeWrong,
    CredentialsInvalid,
    CsrfFailed,
    Deactivated,
    ForeignOrigin,
    LoginFailed,
    NotSignedIn,
    RegistrationClosed,
    SessionNotFound,
    SetupCodeRequired,
    SetupCodeWrong,
    SignInAgain,
    SlowDown,
    TooManyPreferences,
    UsernameTaken,
    WrongPassword,
)
from app.auth.models import LoginSession, User
from app.auth.schemas import (
    ApiKeyIn,
    ApiKeyMade,
    ApiKeyOut,
    LoginIn,
    MePatch,
    PasswordIn,
    RegisterIn,
    SessionOut,
    SettingsOut,
    SettingsPatch,
    StatusOut,
    TicketOut,
    TokenOut,
    UserOut,
)
from app.core import db
from app.core.pagination import Limit, Offset, Page
from app.core.settings import Settings, get_settings
from app.core.web import ReadDb, WriteDb, problems

router = APIRouter(tags=["auth"])
Id = Annotated[int, Path(ge=1, le=2**31 - 1)]
AnonymousPage = Depends(anonymous_page)
_KNOWN = problems(NotSignedIn, CredentialsInvalid, SlowDown)
CHANGING = problems(NotSignedIn, CredentialsInvalid, CsrfFailed, ForeignOrigin, SlowDown)


@router.get("/auth/status", response_model=StatusOut, responses=problems(SlowDown))
def get_auth_status(request: Request, session: ReadDb, identity: OptionalIdentity) -> StatusOut:
    """Whether this installation has an owner, takes new accounts, and who asks."""
    settings, owner_exists = get_settings(), service.has_owner(session)
    return StatusOut(
        owner_exists=owner_exists,
        registration=settings.registration,
        setup_code_required=not owner_exists and not is_local(request),
        google=settings.google_sign_in,
        authenticated=identity is not None,
        user=UserOut.model_validate(identity.user) if identity else None,
    )


@router.post(
    "/auth/register",
    status_code=201,
    response_model=UserOut,
    dependencies=[AnonymousPage],
    responses=problems(
        RegistrationClosed, SetupCodeRequired, SetupCodeWrong, UsernameTaken, ForeignOrigin, SlowDown
    ),
)
def register(request: Request, body: RegisterIn) -> User:
    """Make the first account (its owner), or another one where registration is open."""
    settings = get_settings()
    service.count_registration(client_of(request))
    with db.read_session() as session:
        owner_exists = service.has_owner(session)
    only_first = settings.registration == "closed"
    if owner_exists and only_first:
        raise RegistrationClosed
    if not owner_exists and not is_local(request):
        _check_setup_code(settings, body.setup_code)
        only_first = True
    hashed = passwords.hash_password(body.password)
    columns = body.model_dump(include={"email", "display_name", "time_zone"})
    with db.transaction() as session:
        return service.create_user(session, body.username, hashed, only_first=only_first, **columns)


def _check_setup_code(settings: Settings, given: str | None) -> None:
    if not given:
        raise SetupCodeRequired
    if not tokens.is_setup_code(settings, given):
        raise SetupCodeWrong


@router.post(
    "/login",
    response_model=TokenOut,
    dependencies=[AnonymousPage],
    responses=problems(LoginFailed, CodeRequired, CodeWrong, Deactivated, ForeignOrigin, SlowDown),
)
def login(request: Request, response: Response, body: LoginIn) -> TokenOut:
    """Sign in; with `cookie` also by cookie, for the page. Where 2-step login is on, `code` is needed too."""
    settings, client = get_settings(), client_of(request)
    with db.read_session() as session:
        known = service.check_login(session, body.username, client)
    user = service.verify_login(known, body.username, body.password, client)
    two_step.check(settings, user, body.code, client)
    service.refuse_deactivated(user)
    service.forget_failures(user.username)
    fresh = passwords.rehash_if_outdated(user.password_hash, body.password)
    with db.transaction() as session:
        if fresh is not None:
            service.set_password(session, user.id, fresh, ends_sessions=False)
        issued = service.open_session(session, settings, user.id, client)
    if body.cookie:
        set_cookies(request, response, settings, issued)
    return TokenOut(access_token=issued.access_token, expires_in=issued.expires_in)


@router.post("/auth/logout", status_code=204, response_class=Response, responses=CHANGING)
def logout(request: Request, response: Response, session: WriteDb, identity: CurrentIdentity) -> None:
    """End the session that asks; its token is worth nothing from now on."""
    if identity.session_id is not None:
        service.end_session(session, identity.user, identity.session_id)
    clear_cookies(request, response, get_settings())


@router.post(
    "/auth/password", response_model=TokenOut, responses=CHANGING | problems(WrongPassword, SignInAgain)
)
def change_password(
    request: Request, response: Response, identity: CurrentIdentity, body: PasswordIn
) -> TokenOut:
    """Set a new password. Every session ends; the answer signs the asking client in again."""
    settings, client, user = get_settings(), client_of(request), identity.user
    confirm(identity, body.current_password, client)
    hashed = passwords.hash_password(body.new_password)
    with db.transaction() as session:
        service.set_password(session, user.id, hashed, ends_sessions=True)
        issued = service.open_session(session, settings, user.id, client)
    if identity.via is Via.COOKIE:
        set_cookies(request, response, settings, issued)
    return TokenOut(access_token=issued.access_token, expires_in=issued.expires_in)


@router.post("/auth/ticket", response_model=TicketOut, responses=CHANGING)
def create_ticket(session: WriteDb, identity: CurrentIdentity) -> TicketOut:
    """A pass for one event stream, to be sent as `?token=` within a minute."""
    ticket = service.issue_ticket(session, identity.user, identity.session_id)
    return TicketOut(ticket=ticket, expires_in=service.TICKET_SECONDS)


@router.get("/auth/sessions", response_model=Page[SessionOut], responses=_KNOWN)
def list_sessions(
    session: ReadDb, identity: CurrentIdentity, offset: Offset = 0, limit: Limit = 50
) -> Page[SessionOut]:
    """Where the user is signed in, last used first."""
    rows, total = service.list_sessions(session, identity.user, offset, limit)
    items = [_session_out(row, identity.session_id) for row in rows]
    return Page(items=items, total=total, offset=offset, limit=limit)


@router.delete("/auth/sessions", status_code=204, response_class=Response, responses=CHANGING)
def end_other_sessions(session: WriteDb, identity: CurrentIdentity) -> None:
    """Sign out everywhere else."""
    service.end_sessions(session, identity.user, keep=identity.session_id)


@router.delete(
    "/auth/sessions/{session_id}",
    status_code=204,
    response_class=Response,
    responses=CHANGING | problems(SessionNotFound),
)
def end_session(session: WriteDb, user: CurrentUser, session_id: Id) -> None:
    """Sign one client out."""
    service.end_session(session, user, session_id)


@router.get("/me", response_model=UserOut, responses=_KNOWN)
def get_me(user: CurrentUser) -> User:
    """The user that asks."""
    return user


@router.patch("/me", response_model=UserOut, responses=CHANGING)
def update_me(session: WriteDb, user: CurrentUser, body: MePatch) -> User:
    """Change the sent fields of one's own account."""
    return service.update_profile(session, user, body.model_dump(exclude_unset=True))


@router.get("/settings", response_model=SettingsOut, responses=_KNOWN)
def get_user_settings(session: ReadDb, user: CurrentUser) -> SettingsOut:
    """The user's settings."""
    return _settings_out(user, service.preferences(session, user))


@router.patch("/settings", response_model=SettingsOut, responses=CHANGING | problems(TooManyPreferences))
def update_user_settings(session: WriteDb, user: CurrentUser, body: SettingsPatch) -> SettingsOut:
    """Change the sent settings; `preferences` is merged by name, null removes one."""
    changes = body.model_dump(exclude_unset=True)
    stored = service.store_preferences(session, user, changes.pop("preferences", {}))
    return _settings_out(service.update_profile(session, user, changes), stored)


@router.get("/api-keys", response_model=Page[ApiKeyOut], responses=_KNOWN)
def list_api_keys(
    session: ReadDb, user: CurrentUser, offset: Offset = 0, limit: Limit = 50
) -> Page[ApiKeyOut]:
    """The user's API keys, newest first."""
    rows, total = service.list_keys(session, user, offset, limit)
    items = [ApiKeyOut.model_validate(row) for row in rows]
    return Page(items=items, total=total, offset=offset, limit=limit)


@router.post("/api-keys", status_code=201, response_model=ApiKeyMade, responses=CHANGING)
def create_api_key(session: WriteDb, user: CurrentUser, body: ApiKeyIn) -> ApiKeyMade:
    """Make a named key. This answer is the only time that the key is shown."""
    row, key = service.create_key(session, user, body.name, body.scope)
    return ApiKeyMade(**ApiKeyOut.model_validate(row).model_dump(), key=key)


@router.delete(
    "/api-keys/{api_key_id}",
    status_code=204,
    response_class=Response,
    responses=CHANGING | problems(ApiKeyNotFound),
)
def delete_api_key(session: WriteDb, user: CurrentUser, api_key_id: Id) -> None:
    """Revoke a key."""
    service.delete_key(session, user, api_key_id)


def _session_out(row: LoginSession, current: int | None) -> SessionOut:
    return SessionOut(
        id=row.id,
        user_agent=row.user_agent,
        address=row.address,
        created_at=row.created_at,
        last_seen_at=row.last_seen_at,
        expires_at=row.expires_at,
        current=row.id == current,
    )


def _settings_out(user: User, stored: dict[str, JsonValue]) -> SettingsOut:
    return SettingsOut(
        time_zone=user.time_zone, locale=user.locale, own_addresses=user.own_addresses, preferences=stored
    )
