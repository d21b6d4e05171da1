"""Looking whether what the application stands on is there."""

from __future__ import annotations

import structlog
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from app.admin import repository
from app.admin.errors import NotReady
from app.admin.schemas import GmailHealth
from app.core import db
from app.core.clock import now
from app.core.errors import AppError
from app.core.settings import Settings

log = structlog.get_logger(__name__)
REDIS_WITHIN_S = 2.0


def check_ready(settings: Settings) -> tuple[bool, bool | None]:
    """Whether the database is migrated and answers, and Redis when one is configured. Raises NotReady."""
    database, redis = database_answers(), redis_answers(settings.redis_url)
    if not database or redis is False:
        missing = "the database" if not database else "Redis"
        raise NotReady(
            f"{missing.capitalize()} does not answer as it should.", database=database, redis=redis
        )
    return database, redis


def gmail_health(settings: Settings) -> GmailHealth:
    """Whether this installation could talk to Gmail."""
    from app.mail.gmail import oauth

    database, redis = database_answers(), redis_answers(settings.redis_url)
    try:
        configured = oauth.client_config(settings) is not None
    except AppError:
        configured = False
    return GmailHealth(
        status="error" if not database or redis is False else "ok",
        timestamp=now(),
        database=database,
        redis=redis,
        gmail_api=configured,
        gmail_configured=configured,
    )


def database_answers() -> bool:
    try:
        with db.read_session() as session:
            return repository.revision(session) is not None
    except (SQLAlchemyError, DBAPIError, RuntimeError) as error:
        log.warning("database_not_ready", error=type(error).__name__)
        return False


def redis_answers(url: str) -> bool | None:
    if not url:
        return None
    from redis import Redis
    from redis.exceptions import RedisError

    try:
        with Redis.from_url(
            url, socket_timeout=REDIS_WITHIN_S, socket_connect_timeout=REDIS_WITHIN_S
        ) as client:
            return bool(client.ping())
    except RedisError as error:
        log.warning("redis_not_ready", error=type(error).__name__)
        return False
