"""Events between rooms: collected on the session, delivered after its root commit.

A room announces what happened with `emit(session, SomethingHappened(...))`; a room above subscribes in `wiring`.
Handlers run once the data is committed and visible, outside any transaction; one that fails is logged and never
undoes what was committed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any

import structlog
from sqlalchemy.orm import Session

log = structlog.get_logger(__name__)
_QUEUE = "jobtrail.events"
_handlers: dict[type[Any], list[Callable[[Any], None]]] = defaultdict(list)


def subscribe(kind: type[Any], handler: Callable[[Any], None]) -> None:
    """Call `handler` with every event of `kind`. Subscribing the same handler twice is the same as once."""
    if handler not in _handlers[kind]:
        _handlers[kind].append(handler)


def emit(session: Session, event: object) -> None:
    """Queue `event` until the session's root transaction has committed; a rollback forgets it."""
    session.info.setdefault(_QUEUE, []).append(event)


def take(session: Session) -> list[object]:
    """Remove and return what is queued on `session`."""
    queued: list[object] = session.info.pop(_QUEUE, [])
    return queued


def deliver(queued: list[object]) -> None:
    """Run the handlers of every event, in order."""
    for event in queued:
        for handler in _handlers[type(event)]:
            try:
                handler(event)
            except Exception:
                log.exception("event_handler_failed", event_type=type(event).__name__)
