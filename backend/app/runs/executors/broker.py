"""Telling Celery workers that a run waits. A message says "look at run X" and nothing else.

The row is what counts: a message that is lost, late or doubled changes nothing, since workers look at the rows
too, and claim what they do. So nobody waits for the broker, least of all a request.
"""

from __future__ import annotations

import queue
import threading
from typing import TYPE_CHECKING

import structlog

from app.core.clock import monotonic
from app.core.settings import Settings

if TYPE_CHECKING:
    from celery import Celery

log = structlog.get_logger(__name__)
LOOK_AT_RUN = "jobtrail.look_at_run"
TICK = "jobtrail.tick"
QUEUE = "jobtrail"
TICK_EVERY_S = 10.0
_CONNECT_WITHIN_S = 2.0
_ANSWER_WITHIN_S = 5.0
_COMPLAIN_EVERY_S = 60.0
_STOP_WITHIN_S = 2.0


def make_celery(settings: Settings, **more: object) -> Celery:
    """Celery as Jobtrail uses it: JSON, acknowledged early, no results kept, one queue, threads."""
    from celery import Celery

    made = Celery("jobtrail", broker=settings.broker_url, fixups=[], set_as_current=False)
    made.conf.update(
        accept_content=["json"],
        task_serializer="json",
        task_default_queue=QUEUE,
        task_ignore_result=True,
        task_acks_late=False,
        task_publish_retry=False,
        broker_connection_timeout=_CONNECT_WITHIN_S,
        broker_connection_retry_on_startup=True,
        broker_connection_max_retries=None,
        broker_transport_options={"socket_connect_timeout": _CONNECT_WITHIN_S, "socket_keepalive": True},
        worker_pool="threads",  # what burns CPU has processes of its own, which a prefork child may not start
        worker_prefetch_multiplier=1,
        worker_hijack_root_logger=False,
        worker_redirect_stdouts=False,
        timezone="UTC",
        **more,
    )
    return made


class MessageExecutor:
    """Sends one message for each run that waits, from a thread of its own."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._waiting: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._complained_at: float | None = None
        self._sender = threading.Thread(target=self._send_all, name="run-messages", daemon=True)
        self._sender.start()

    def enqueue(self, run_id: str) -> None:
        self._waiting.put(run_id)

    def stop(self) -> None:
        self._waiting.put(None)
        self._sender.join(timeout=_STOP_WITHIN_S)

    def _send_all(self) -> None:
        celery = make_celery(self._settings)
        celery.conf.broker_transport_options["socket_timeout"] = _ANSWER_WITHIN_S
        run_id = self._waiting.get()
        while run_id is not None:
            try:
                self._send(celery, run_id)
            except Exception as error:  # noqa: BLE001 (whatever it is, the row is there and will be found)
                self._complain(error)
                if self._forget_the_others():
                    break
            else:
                self._complained_at = None
            run_id = self._waiting.get()
        celery.close()

    def _forget_the_others(self) -> bool:
        """What came while the broker did not answer is found by its row; True when the end was among it."""
        ends = False
        while not self._waiting.empty():
            ends = self._waiting.get() is None or ends
        return ends

    def _send(self, celery: Celery, run_id: str) -> None:
        # The second try gets past a connection that died while nothing was sent.
        once_more = {"max_retries": 1, "interval_start": 0, "interval_step": 0, "interval_max": 0}
        celery.send_task(LOOK_AT_RUN, args=[run_id], retry=True, retry_policy=once_more)

    def _complain(self, error: Exception) -> None:
        at = monotonic()
        if self._complained_at is None or at - self._complained_at > _COMPLAIN_EVERY_S:
            self._complained_at = at
            log.warning(
                "message_not_sent", error=type(error).__name__, then="workers find the run by its row"
            )


def workers_that_answer(settings: Settings, within_s: float = 1.0) -> list[str]:
    """Names of the Celery workers that answer within `within_s` seconds. Raises whatever the broker's client does."""
    celery = make_celery(settings)
    try:
        replies = celery.control.ping(timeout=within_s)
    finally:
        celery.close()
    return sorted(name for reply in replies for name in reply)


def broker_answers(settings: Settings, within_s: float = _CONNECT_WITHIN_S) -> bool:
    """Whether a connection to the broker can be made."""
    celery = make_celery(settings)
    try:
        with celery.connection_for_write(connect_timeout=within_s) as connection:
            connection.ensure_connection(max_retries=1, interval_start=0, timeout=within_s)
    except Exception as error:  # noqa: BLE001 (each broker's client has errors of its own)
        log.warning("broker_not_reached", error=type(error).__name__)
        return False
    finally:
        celery.close()
    return True
