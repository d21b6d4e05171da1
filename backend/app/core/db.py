"""The database: sessions that say whether they write, one commit at the edge, no network inside a transaction.

SQLite runs in WAL; writers take the lock at BEGIN (the driver's default loses concurrent updates silently) and
readers cannot write. Postgres readers are read-only transactions too.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

import structlog
from sqlalchemy import DateTime, Dialect, Engine, MetaData, TypeDecorator, create_engine, event
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import DeclarativeBase, Session, sessionmaker
from sqlalchemy.pool import NullPool, QueuePool

from app.core import events
from app.core.errors import StorageFull
from app.core.settings import Settings

log = structlog.get_logger(__name__)


class Base(DeclarativeBase):
    """Base of all models; constraints get predictable names so that Alembic can change them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC. Refuses naive values; SQLite would drop the zone silently."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A naive datetime can't be stored; give it a time zone.")
        in_utc = value.astimezone(UTC)
        return in_utc.replace(tzinfo=None) if dialect.name == "sqlite" else in_utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class ReadSession(Session):
    """A session that the database itself keeps from writing."""


class WriteSession(ReadSession):
    """A session whose transaction may write; committed by whoever opened it, never by a service."""


class OpenTransactionError(RuntimeError):
    """Network was used while a write transaction was open."""


class _OpenTransactions:
    """How many write transactions one request or thread has open.

    An object and not a number: FastAPI enters and leaves a dependency in two copies of the request's context.
    """

    count = 0


class _State:
    engine: Engine | None = None
    readers: sessionmaker[ReadSession] | None = None
    writers: sessionmaker[WriteSession] | None = None
    strict: bool = False


_state = _State()
_open: ContextVar[_OpenTransactions | None] = ContextVar("jobtrail_open_transactions", default=None)


def configure(settings: Settings, *, strict: bool = False) -> Engine:
    """Open the database of this process. `strict` makes network inside a transaction an error (tests)."""
    dispose()
    made = _sqlite_engine(settings) if settings.is_sqlite else _postgres_engine(settings)
    reading = made.execution_options(read_only=True, postgresql_readonly=True)
    _state.engine = made
    _state.readers = sessionmaker(reading, class_=ReadSession, expire_on_commit=False, autoflush=False)
    _state.writers = sessionmaker(made, class_=WriteSession, expire_on_commit=False)
    _state.strict = strict
    return made


def engine() -> Engine:
    if _state.engine is None:
        raise RuntimeError("The database is not configured yet.")
    return _state.engine


def is_open() -> bool:
    """Whether this process has its database open."""
    return _state.engine is not None


def is_in_transaction() -> bool:
    """Whether this request or thread has a write transaction open."""
    under_way = _open.get()
    return under_way is not None and under_way.count > 0


def dispose() -> None:
    """Close all connections of this process."""
    if _state.engine is not None:
        _state.engine.dispose()
    _state.engine = _state.readers = _state.writers = None


@contextmanager
def transaction() -> Iterator[WriteSession]:
    """One write transaction: commits on success, rolls back on error, then delivers the events it collected."""
    if _state.writers is None:
        raise RuntimeError("The database is not configured yet.")
    under_way = _open.get() or count_transactions_here()
    under_way.count += 1
    queued: list[object] = []
    try:
        with _state.writers() as session:
            try:
                yield session
                session.commit()
                queued = events.take(session)
            except OperationalError as error:
                session.rollback()
                if _disk_is_full(error):
                    raise StorageFull(
                        "The disk is full: nothing of this step was stored. Free some space and try again."
                    ) from error
                raise
            except BaseException:
                session.rollback()
                raise
    finally:
        under_way.count -= 1
    events.deliver(queued)


def count_transactions_here() -> _OpenTransactions:
    """Count the write transactions of this context, and of copies made of it, apart from all others."""
    found = _OpenTransactions()
    _open.set(found)
    return found


@contextmanager
def read_session() -> Iterator[ReadSession]:
    """One read-only transaction."""
    if _state.readers is None:
        raise RuntimeError("The database is not configured yet.")
    with _state.readers() as session:
        yield session


def forbid_open_transaction() -> None:
    """Called by vendor clients before they use the network. Raises in tests, logs in production."""
    under_way = _open.get()
    if under_way is None or under_way.count == 0:
        return
    if _state.strict:
        raise OpenTransactionError("The network must not be used inside a transaction.")
    log.error("network_inside_transaction", stack_info=True)


def _disk_is_full(error: OperationalError) -> bool:
    text = str(error.orig).lower()
    return "disk is full" in text or "no space left" in text or "disk i/o error" in text


def _sqlite_engine(settings: Settings) -> Engine:
    path = settings.database_url.removeprefix("sqlite:///")
    made = create_engine(
        settings.database_url,
        poolclass=NullPool if path == ":memory:" else QueuePool,
        **(
            {}
            if path == ":memory:"
            else {
                "pool_size": 5,
                "pool_use_lifo": True,
                "max_overflow": 40,
                "pool_timeout": settings.db_pool_timeout_s,
            }
        ),
        connect_args={"check_same_thread": False, "timeout": settings.sqlite_busy_timeout_ms / 1000},
    )

    @event.listens_for(made, "connect")
    def _on_connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (
            "journal_mode=WAL",
            f"busy_timeout={settings.sqlite_busy_timeout_ms}",
            "foreign_keys=ON",
            "synchronous=NORMAL",
            "cache_size=-8000",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(made, "begin")
    def _on_begin(connection: Any) -> None:
        read_only = connection.get_execution_options().get("read_only", False)
        connection.exec_driver_sql(f"PRAGMA query_only={int(read_only)}")
        connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")

    return made


def _postgres_engine(settings: Settings) -> Engine:
    return create_engine(
        settings.database_url,
        pool_size=settings.db_pool_size,
        max_overflow=settings.db_max_overflow,
        pool_timeout=settings.db_pool_timeout_s,
        pool_recycle=settings.db_pool_recycle_s,
        pool_pre_ping=True,
    )
