"""Looking whether what the application stands on is there."""

from __future__ import annotations

import structlog
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from app.admin import repository
from app.admin.errors import NotReady
from app.core import db
from app.core.settings import Settings

log = structlog.get_logger(__name__)
REDIS_WITHIN_S = 2.0


def check_ready(settings: Settings) -> tuple[bool, bool | None]:
    """Whether the database is migrated and answers, and Redis when one is configured. Raises NotReady."""
    database, redis = _database_answers(), _redis_answers(settings.redis_url)
    if not database or redis is False:
        missing = "the database" if not database else "Redis"
        raise NotReady(
            f"{missing.capitalize()} does not answer as it should.", database=database, redis=redis
        )
    return database, redis


def _database_answers() -> bool:
    try:
        with db.read_session() as session:
            return repository.revision(session) is not None
    except (SQLAlchemyError, DBAPIError, RuntimeError) as error:
        log.warning("database_not_ready", error=type(error).__name__)
        return False


def _redis_answers(url: str) -> bool | None:
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
