"""A connection that mends itself: work runs in one thread of its own, and again when the connection broke.

All work only reads, so repeating it is safe. The caller waits in short turns, and gives up at once when it is
told to stop: the socket is shut under the thread.
"""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import Any, TypeVar

import structlog

from app.core import db
from app.core.errors import AppError
from app.mail.imap.access import ImapAccess
from app.mail.imap.faults import (
    CommandRefused,
    ConnectionLost,
    OpenFailed,
    OpenProblem,
    limited,
    read_fault,
)
from app.mail.imap.wire import Mailbox, open_mailbox
from app.mail.sources import SourceReauthRequired, SourceStopped, SourceUnavailable

log = structlog.get_logger(__name__)
TICK_S = 0.1
_GOODBYE_S = 2.0
_T = TypeVar("_T")
_LOGINS = 2
_UNSAFE = {
    OpenProblem.NOT_ALLOWED: (
        "The mail server stands in a private network. Whoever runs Jobtrail can set ALLOW_PRIVATE_HOSTS=true to "
        "allow it."
    ),
    OpenProblem.CERTIFICATE: "The mail server's certificate can't be trusted, so nothing was read.",
    OpenProblem.NO_STARTTLS: "The mail server offers no encrypted connection any more, so nothing was read.",
}


@dataclass(frozen=True, slots=True)
class Patience:
    """`attempts` to open a connection in a row, `tries` of one piece of work; seconds throughout."""

    attempts: int = 4
    tries: int = 3
    base_s: float = 0.5
    connect_s: float = 10.0
    read_s: float = 30.0


class Line:
    """The connection of one source. Not for use by several threads at once."""

    def __init__(
        self,
        access: ImapAccess,
        patience: Patience,
        should_stop: Callable[[], bool],
        user_id: int | None = None,
    ) -> None:
        self._access = access
        self._user_id = user_id
        self._patience = patience
        self._should_stop = should_stop
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="imap")
        self._halt = threading.Event()
        self._mailbox: Mailbox | None = None
        self._last: Future[Any] | None = None

    def run(self, work: Callable[[Mailbox], _T], *, tries: int | None = None) -> _T:
        """The outcome of `work`. Raises CommandRefused, ConnectionLost (when `tries` is given and they are used
        up), SourceStopped, SourceReauthRequired, SourceRateLimited, SourceUnavailable."""
        return self.wait(self.submit(work, tries=tries))

    def ask(self, work: Callable[[Mailbox], _T]) -> _T:
        """The outcome of work that no server has a reason to refuse. Raises SourceUnavailable if it does."""
        try:
            return self.run(work)
        except CommandRefused as error:
            raise SourceUnavailable("The mail server refuses an ordinary question.") from error

    def submit(self, work: Callable[[Mailbox], _T], *, tries: int | None = None) -> Future[_T]:
        db.forbid_open_transaction()
        self._check_stop()
        future = self._thread.submit(self._persist, work, tries)
        self._last = future
        return future

    def wait(self, future: Future[_T]) -> _T:
        """What a submitted piece of work gave, or was stopped by."""
        while True:
            done, _ = wait([future], timeout=TICK_S)
            if done:
                return future.result()
            self._check_stop()

    def close(self) -> None:
        """Break off whatever runs and give the connection back; waits no longer than a moment."""
        if self._last is not None and not self._last.done():
            self._break_off()
        goodbye = self._thread.submit(self._drop)
        wait([goodbye], timeout=_GOODBYE_S)
        self._break_off()
        self._thread.shutdown(wait=False)

    def _break_off(self) -> None:
        self._halt.set()
        if self._mailbox is not None:
            self._mailbox.shut()

    def _check_stop(self) -> None:
        if self._should_stop():
            self._break_off()
            raise SourceStopped

    def _persist(self, work: Callable[[Mailbox], _T], tries: int | None) -> _T:
        failed = 0
        while True:
            mailbox = self._connected()
            try:
                return work(mailbox)
            except AppError:
                raise
            except Exception as error:
                fault = error if isinstance(error, CommandRefused | ConnectionLost) else read_fault(error)
                if not isinstance(fault, ConnectionLost):
                    raise fault from error
                log.info("imap_connection_lost", reason=type(error).__name__)
                mailbox.shut()
                self._drop()
                failed += 1
                if tries is not None and failed >= tries:
                    raise fault from error
                if failed >= self._patience.tries:
                    raise SourceUnavailable("The connection to the mail server keeps breaking.") from error
                self._pause(failed)

    def _connected(self) -> Mailbox:
        attempt = 0
        while self._mailbox is None:
            self._check_halt()
            attempt += 1
            try:
                self._mailbox = open_mailbox(
                    self._access,
                    connect_s=self._patience.connect_s,
                    read_s=self._patience.read_s,
                    user_id=self._user_id,
                )
            except OpenFailed as failed:
                log.info("imap_not_opened", problem=failed.problem.value)
                self._give_up(failed, attempt)
                self._pause(attempt)
        self._check_halt()
        return self._mailbox

    def _give_up(self, failed: OpenFailed, attempt: int) -> None:
        """Raise unless another attempt may help. A login gets a second one: big providers refuse good passwords
        now and then, and whoever is told to connect anew has to find an app password again."""
        last = attempt >= self._patience.attempts
        if failed.problem is OpenProblem.LOGIN and attempt >= _LOGINS:
            raise SourceReauthRequired(
                "The mail server no longer accepts the stored password. Please connect the account again."
            ) from failed
        if failed.problem in _UNSAFE:
            raise SourceUnavailable(_UNSAFE[failed.problem]) from failed
        if last and failed.problem is OpenProblem.BUSY:
            raise limited("") from failed
        if last:
            raise SourceUnavailable("The mail server does not answer.") from failed

    def _pause(self, failures: int) -> None:
        limit = self._patience.base_s * 2 ** (failures - 1)
        self._halt.wait(random.uniform(0, limit))  # noqa: S311 (no secret)
        self._check_halt()

    def _check_halt(self) -> None:
        if self._halt.is_set():
            raise SourceStopped

    def _drop(self) -> None:
        mailbox, self._mailbox = self._mailbox, None
        if mailbox is not None:
            mailbox.close()
