"""Endpoints of 2-step login: switching it on and off, and recovery codes."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from app.auth import service, two_step
from app.auth.confirming import confirm
from app.auth.dependencies import CurrentIdentity, CurrentUser, client_of
from app.auth.errors import (
    CredentialsInvalid,
    CsrfFailed,
    ForeignOrigin,
    NotSignedIn,
    SignInAgain,
    SlowDown,
    TotpAlreadyOn,
    TotpCodeWrong,
    TotpNotBegun,
    TotpNotOn,
    WrongPassword,
)
from app.auth.schemas import CodeIn, ConfirmIn, RecoveryCodesOut, TotpBegun, TotpOut
from app.core import db
from app.core.settings import get_settings
from app.core.web import ReadDb, WriteDb, problems

router = APIRouter(tags=["auth"])
_CHANGING = problems(NotSignedIn, CredentialsInvalid, CsrfFailed, ForeignOrigin, SlowDown)
_CONFIRMED = _CHANGING | problems(CsrfFailed, ForeignOrigin, WrongPassword, SignInAgain)


@router.get(
    "/auth/totp", response_model=TotpOut, responses=problems(NotSignedIn, CredentialsInvalid, SlowDown)
)
def get_totp(session: ReadDb, user: CurrentUser) -> TotpOut:
    """Whether 2-step login is on."""
    return TotpOut(enabled=user.has_totp, recovery_codes_left=two_step.recovery_codes_left(session, user))


@router.post("/auth/totp", response_model=TotpBegun, responses=_CONFIRMED | problems(TotpAlreadyOn))
def begin_totp(request: Request, identity: CurrentIdentity, body: ConfirmIn) -> TotpBegun:
    """Make a secret for the authenticator app. Nothing changes until its first code is confirmed."""
    confirm(identity, body.password, client_of(request))
    with db.transaction() as session:
        made = two_step.begin(session, get_settings(), identity.user)
    return TotpBegun(secret=made.secret, uri=made.uri, qr=made.qr)


@router.post(
    "/auth/totp/confirm",
    response_model=RecoveryCodesOut,
    responses=_CHANGING
    | problems(CsrfFailed, ForeignOrigin, TotpCodeWrong)
    | problems(TotpAlreadyOn, TotpNotBegun),
)
def confirm_totp(session: WriteDb, user: CurrentUser, body: CodeIn) -> RecoveryCodesOut:
    """Switch 2-step login on with the app's first code; the answer has the recovery codes."""
    return RecoveryCodesOut(recovery_codes=two_step.confirm(session, get_settings(), user, body.code))


@router.post(
    "/auth/totp/recovery-codes", response_model=RecoveryCodesOut, responses=_CONFIRMED | problems(TotpNotOn)
)
def renew_recovery_codes(request: Request, identity: CurrentIdentity, body: ConfirmIn) -> RecoveryCodesOut:
    """Make new recovery codes; the old ones are worth nothing any more."""
    confirm(identity, body.password, client_of(request))
    with db.transaction() as session:
        return RecoveryCodesOut(recovery_codes=two_step.renew_recovery_codes(session, identity.user))


@router.post("/auth/totp/disable", status_code=204, response_class=Response, responses=_CONFIRMED)
def disable_totp(request: Request, identity: CurrentIdentity, body: ConfirmIn) -> None:
    """Switch 2-step login off. Doing it again changes nothing."""
    confirm(identity, body.password, client_of(request))
    with db.transaction() as session:
        service.switch_totp_off(session, identity.user.id)
