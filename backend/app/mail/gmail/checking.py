"""What time it is at Google."""

from __future__ import annotations

from datetime import UTC
from email.utils import parsedate_to_datetime

import structlog

from app.core import db
from app.core.clock import now
from app.core.errors import AppError
from app.core.outgoing import Purpose
from app.core.settings import Settings
from app.mail.gmail import oauth

log = structlog.get_logger(__name__)
_CALL_TIMEOUT_S = 5.0


def clock_skew_s(settings: Settings) -> float | None:
    """Seconds that this machine's clock is ahead of the one that the client's tokens come from, exact to about a
    second; None when there is no client or no answer."""
    import httplib2

    from app.mail.gmail.web import Http

    db.forbid_open_transaction()
    try:
        config = oauth.client_config(settings)
    except AppError:
        return None
    if config is None:
        return None
    http = Http(Purpose.GMAIL, _CALL_TIMEOUT_S)
    try:
        # Whatever it says to this, it says when.
        answer, _ = http.request((config.get("web") or config["installed"])["token_uri"], "HEAD")
        told = parsedate_to_datetime(answer["date"])
    except (httplib2.HttpLib2Error, OSError, KeyError, ValueError) as error:
        log.info("googles_clock_not_seen", reason=type(error).__name__)
        return None
    finally:
        http.close()
    return (now() - told.replace(tzinfo=told.tzinfo or UTC)).total_seconds()
