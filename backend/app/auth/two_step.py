"""2-step login: codes of an authenticator app (TOTP, RFC 6238, by pyotp), and recovery codes for the day it is lost.

The secret is stored encrypted, recovery codes hashed. A code counts for its own 30 seconds and those before and
after, and once: the newest step that was used is kept with the user, and moved on by compare-and-set.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from app.auth import repository, service
from app.auth.errors import (
    CodeRequired,
    CodeWrong,
    SlowDown,
    TotpAlreadyOn,
    TotpCodeWrong,
    TotpNotBegun,
    TotpNotOn,
)
from app.auth.models import RecoveryCode, User
from app.core import crypto, db, rate_limit
from app.core.clock import now
from app.core.db import ReadSession, WriteSession
from app.core.settings import Settings

ISSUER = "Jobtrail"
RECOVERY_CODES = 10
TRIES = rate_limit.Limit("code-tries", 5, 15 * 60)
_DIGITS = 6
_NEIGHBOURS = (0, -1, 1)
_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
_GROUPS, _GROUP = 4, 4


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What the app needs: the secret to type, the same as an address, and that as an SVG in a data: address."""

    secret: str
    uri: str
    qr: str


def begin(session: WriteSession, settings: Settings, user: User) -> Enrolment:
    """A fresh secret, which counts for nothing until `confirm`. Raises TotpAlreadyOn."""
    import pyotp
    import segno

    row = _row(session, user)
    if row.has_totp:
        raise TotpAlreadyOn
    secret = pyotp.random_base32()
    row.totp_secret = crypto.encrypt(secret.encode(), settings.encryption_keys).decode()
    row.totp_last_step = None
    session.flush()
    uri = pyotp.TOTP(secret).provisioning_uri(name=user.username, issuer_name=ISSUER)
    qr = segno.make(uri, error="m", micro=False).svg_data_uri(scale=4, border=3, dark="#000", light="#fff")
    return Enrolment(secret, uri, qr)


def confirm(session: WriteSession, settings: Settings, user: User, code: str) -> list[str]:
    """Switch it on with the first code of the app; the recovery codes.

    Raises TotpAlreadyOn, TotpNotBegun, TotpCodeWrong.
    """
    row = _row(session, user)
    if row.has_totp:
        raise TotpAlreadyOn
    if row.totp_secret is None:
        raise TotpNotBegun
    if not _use_app_code(session, settings, row, _bare(code)):
        raise TotpCodeWrong
    row.totp_confirmed_at = now()
    return _write_recovery_codes(session, row)


def renew_recovery_codes(session: WriteSession, user: User) -> list[str]:
    """Ten new ones; the old ones are worth nothing any more. Raises TotpNotOn."""
    row = _row(session, user)
    if not row.has_totp:
        raise TotpNotOn
    return _write_recovery_codes(session, row)


def recovery_codes_left(session: ReadSession, user: User) -> int:
    return repository.count_recovery_codes(session, user.id)


def check(settings: Settings, user: User, code: str | None, client: service.Client) -> None:
    """The second step of a sign-in whose first was right; nothing where 2-step login is off.

    A try counts before it is known whether it succeeds: there are few codes, and many guesses at once must get no
    further than the same ones in a row. Raises CodeRequired; CodeWrong, and counts the failure; SlowDown.
    """
    if not user.has_totp:
        return
    if not code or not code.strip():
        raise CodeRequired
    service.refuse_after_failures(user.username, client)
    wait = rate_limit.hit(TRIES, str(user.id))
    if wait:
        raise SlowDown(wait)
    with db.transaction() as session:
        is_right = _use_code(session, settings, _row(session, user), code)
    if not is_right:
        service.count_failure(user.username, client)
        raise CodeWrong
    rate_limit.forget(TRIES, str(user.id))


def _use_code(session: WriteSession, settings: Settings, user: User, code: str) -> bool:
    bare = _bare(code)
    if len(bare) == _DIGITS and bare.isdecimal():
        return _use_app_code(session, settings, user, bare)
    return repository.take_recovery_code(session, user.id, crypto.digest(bare))


def _use_app_code(session: WriteSession, settings: Settings, user: User, code: str) -> bool:
    import pyotp

    if user.totp_secret is None:
        return False
    totp = pyotp.TOTP(crypto.decrypt(user.totp_secret.encode(), settings.encryption_keys).decode())
    current = totp.timecode(now())
    for step in (current + offset for offset in _NEIGHBOURS):
        if crypto.same(totp.generate_otp(step), code):
            return repository.take_totp_step(session, user.id, step)
    return False


def _write_recovery_codes(session: WriteSession, user: User) -> list[str]:
    repository.delete_recovery_codes(session, user.id)
    codes = [
        "-".join("".join(secrets.choice(_LETTERS) for _ in range(_GROUP)) for _ in range(_GROUPS))
        for _ in range(RECOVERY_CODES)
    ]
    session.add_all(RecoveryCode(user_id=user.id, code_hash=crypto.digest(_bare(code))) for code in codes)
    session.flush()
    return codes


def _bare(code: str) -> str:
    """However it was typed: with spaces, hyphens, capitals."""
    return "".join(letter for letter in code.lower() if letter.isalnum())


def _row(session: ReadSession, user: User) -> User:
    return service.stored(session, user)
