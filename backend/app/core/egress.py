"""Which hosts were contacted, what for, when and how often.

Counted in memory and written down: the first contact of a process at once, later ones every half minute and when it
stops. A database that is busy holds up no connection; what could not be written is written with the next.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import datetime

import structlog
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from app.core import db, repository
from app.core.clock import monotonic, now
from app.core.models import ContactedHost

log = structlog.get_logger(__name__)
WRITE_EVERY_S = 30.0
_AT_MOST = 1_000


@dataclass(frozen=True, slots=True)
class _Place:
    purpose: str
    host: str
    port: int
    user_id: int | None

    @property
    def key(self) -> str:
        return f"{self.user_id or ''}|{self.purpose}|{self.host}:{self.port}"


@dataclass(slots=True)
class _Tally:
    first_at: datetime
    last_at: datetime
    count: int


class _State:
    pending: dict[_Place, _Tally]
    written: set[_Place]
    database: object = None
    next_write: float = 0.0

    def __init__(self) -> None:
        self.pending, self.written = {}, set()


_state = _State()
_lock = threading.Lock()
_writing = threading.Lock()


def note(purpose: str, host: str, port: int, user_id: int | None = None) -> None:
    """Remember that this host is contacted now."""
    place, at = _Place(purpose, host[:255], port, user_id), now()
    with _lock:
        _start_anew_with_another_database()
        tally = _state.pending.get(place)
        if tally is not None:
            tally.last_at, tally.count = at, tally.count + 1
        elif len(_state.pending) < _AT_MOST:
            _state.pending[place] = _Tally(at, at, 1)
        is_due = place not in _state.written or monotonic() >= _state.next_write
    if is_due:
        flush()


def flush_now_and_then() -> None:
    """Write down what was counted, if the last time is half a minute ago."""
    if _state.pending and monotonic() >= _state.next_write:
        flush()


def flush() -> None:
    """Write down what was counted."""
    if db.is_in_transaction() or not db.is_open():
        return
    with _writing:
        with _lock:
            _start_anew_with_another_database()
            taken, _state.pending = _state.pending, {}
            _state.next_write = monotonic() + WRITE_EVERY_S
        for place, tally in taken.items():
            if not _write(place, tally):
                _give_back(place, tally)


def contacts_of(
    session: db.ReadSession, user_id: int, *, offset: int, limit: int
) -> tuple[list[ContactedHost], int]:
    """Hosts that were contacted for this person or for the installation, last contacted first; and how many."""
    return repository.contacts(session, user_id, offset=offset, limit=limit)


def _write(place: _Place, tally: _Tally) -> bool:
    values = {
        "user_id": place.user_id,
        "key": place.key,
        "purpose": place.purpose,
        "host": place.host,
        "port": place.port,
        "first_at": tally.first_at,
        "last_at": tally.last_at,
        "count": tally.count,
    }
    try:
        with db.transaction() as session:
            repository.add_contact(session, values)
    except IntegrityError:
        log.info("contact_of_nobody", purpose=place.purpose)  # the user was deleted meanwhile
    except (SQLAlchemyError, RuntimeError) as error:
        log.warning("contact_not_written", error=type(error).__name__)
        return False
    with _lock:
        _state.written.add(place)
    return True


def _give_back(place: _Place, tally: _Tally) -> None:
    with _lock:
        newer = _state.pending.get(place)
        if newer is None:
            _state.pending[place] = tally
        else:
            newer.first_at, newer.count = tally.first_at, newer.count + tally.count


def _start_anew_with_another_database() -> None:
    """What was contacted under one database is no news to another."""
    database = db.engine() if db.is_open() else None
    if database is not _state.database:
        _state.database = database
        _state.pending, _state.written = {}, set()
