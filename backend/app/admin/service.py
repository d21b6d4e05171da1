"""Looking whether what the application stands on is there."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import structlog
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from app.admin import repository
from app.admin.errors import NotReady
from app.admin.schemas import GmailHealth
from app.core import db
from app.core.clock import now
from app.core.errors import AppError
from app.core.settings import Settings
from app.runs import executors

log = structlog.get_logger(__name__)
REDIS_WITHIN_S = 2.0


@dataclass(frozen=True, slots=True)
class Ready:
    """What answers; None for what is not configured."""

    database: bool
    redis: bool | None
    broker: bool | None

    @property
    def is_whole(self) -> bool:
        return False not in (self.database, self.redis, self.broker)


def check_ready(settings: Settings) -> Ready:
    """Whether the database is migrated and answers, and Redis and the workers' broker where they are configured.

    Without the database nothing goes; without a broker mail is still read where this process reads it, requests are
    answered, and work for the workers waits as rows: that is ready, if not whole. Raises NotReady.
    """
    found = Ready(database_answers(), redis_answers(settings.redis_url), broker_answers(settings))
    if not found.database:
        raise NotReady("The database does not answer as it should.", **asdict(found))
    if found.broker is False and settings.sync_runner == "celery":
        raise NotReady(
            "The workers' broker does not answer as it should, and all work is theirs.", **asdict(found)
        )
    return found


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


def broker_answers(settings: Settings) -> bool | None:
    """None where no work is given to Celery workers."""
    if "celery" not in {settings.place_of_heavy_work, settings.sync_runner}:
        return None
    if settings.broker_url == settings.redis_url:
        return redis_answers(settings.redis_url)
    return executors.broker_answers(settings, REDIS_WITHIN_S)


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
