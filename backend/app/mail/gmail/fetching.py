"""Fetching many messages: several batches at once, failed parts again, and nobody waits longer than needed.

waiting -> (batch) -> RawMail
                   -> FetchFailure       gone, refused, or failed too often
                   -> waiting, later     Google's trouble, or a limit: only the parts that failed
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass

from app.core import clock, db
from app.mail.gmail.batches import BatchAnswer, get_batch
from app.mail.gmail.faults import Fault, FaultKind
from app.mail.gmail.outcomes import raise_if_final, refuse
from app.mail.gmail.pace import RetryPolicy, Width, backoff, is_limit
from app.mail.gmail.quota import UnitCounter
from app.mail.gmail.transport import Channels
from app.mail.sources import FailureReason, FetchFailure, SourceRateLimited, SourceUnavailable
from app.mail.values import RawMail

TICK_S = 0.1  # how often a waiting fetch looks whether it should stop
_SHARED_BEFORE_ALONE = 2


@dataclass(slots=True)
class _Job:
    """One message to fetch. `due` is when it may be tried (again), `failed_at` when it failed first,
    `spoiled` how many whole batches failed around it."""

    id: str
    due: float = 0.0
    failed_at: float | None = None
    attempts: int = 0
    rate_attempts: int = 0
    spoiled: int = 0


@dataclass(frozen=True, slots=True)
class _Sent:
    jobs: list[_Job]
    at: float


class Fetching:
    """The state of one `fetch`: what waits, what is on its way, and how the last answers were."""

    def __init__(
        self,
        channels: Channels,
        width: Width,
        policy: RetryPolicy,
        units: UnitCounter,
        check_stop: Callable[[], None],
    ) -> None:
        self._channels = channels
        self._width = width
        self._policy = policy
        self._units = units
        self._check_stop = check_stop
        self._waiting: list[_Job] = []
        self._running: dict[Future[BatchAnswer], _Sent] = {}
        self._open_at = 0.0  # nobody sends before this moment
        self._arrived_at = 0.0  # when a message came last
        self._barren = 0  # rounds in a row that brought nothing
        self._barren_at = 0.0

    def run(self, ids: Sequence[str]) -> Iterator[RawMail | FetchFailure]:
        """Every id once, as answers arrive."""
        self._waiting = [_Job(i) for i in dict.fromkeys(ids)]
        pool = ThreadPoolExecutor(max_workers=max(1, self._width.batches), thread_name_prefix="gmail")
        try:
            while self._waiting or self._running:
                self._check_stop()
                self._send_ready(pool)
                if not self._running:
                    clock.sleep(min(TICK_S, self._idle_time()))
                    continue
                done, _ = wait(self._running, timeout=TICK_S, return_when=FIRST_COMPLETED)
                for future in done:
                    yield from self._take(self._running.pop(future), future.result())
        finally:
            pool.shutdown(wait=False, cancel_futures=True)

    def _send_ready(self, pool: ThreadPoolExecutor) -> None:
        moment = clock.monotonic()
        if moment < self._open_at:
            return
        while self._waiting and len(self._running) < self._width.batches:
            jobs = self._next_batch(moment)
            if not jobs:
                return
            db.forbid_open_transaction()
            future = pool.submit(get_batch, self._channels, [job.id for job in jobs])
            self._running[future] = _Sent(jobs, moment)

    def _next_batch(self, moment: float) -> list[_Job]:
        """The next jobs that are due. One whose batches keep failing as a whole goes alone, so that it can't
        take others with it."""
        ready: list[_Job] = []
        for job in self._waiting:
            if job.due > moment:
                continue
            if job.spoiled >= _SHARED_BEFORE_ALONE:
                ready = ready or [job]
                break
            ready.append(job)
            if len(ready) == self._width.size:
                break
        taken = {job.id for job in ready}
        self._waiting = [job for job in self._waiting if job.id not in taken]
        return ready

    def _idle_time(self) -> float:
        """Seconds until something may be sent."""
        first = min((job.due for job in self._waiting), default=0.0)
        return max(0.0, max(first, self._open_at) - clock.monotonic())

    def _take(self, sent: _Sent, answer: BatchAnswer) -> Iterator[RawMail | FetchFailure]:
        if answer.whole is not None:
            yield from self._take_failed_batch(sent, answer.whole)
            return
        faults: list[tuple[_Job, Fault]] = []
        for job in sent.jobs:
            part = answer.parts[job.id]
            if isinstance(part, Fault):
                faults.append((job, part))
            else:
                yield part
        limited = [fault for _, fault in faults if is_limit(fault)]
        self._units.add("messages.get", len(sent.jobs) - len(limited))
        for _, fault in faults:
            raise_if_final(fault)
        self._learn(sent, faults, limited)
        for job, fault in faults:
            if (failure := self._settle(job, fault, whole=False)) is not None:
                yield failure

    def _take_failed_batch(self, sent: _Sent, fault: Fault) -> Iterator[RawMail | FetchFailure]:
        raise_if_final(fault)
        if fault.kind in (FaultKind.GONE, FaultKind.REFUSED):
            raise refuse(fault)
        if fault.kind is FaultKind.CONCURRENT:
            self._width.shrink()
        self._count_barren(sent)
        if self._barren >= self._policy.attempts and not is_limit(fault):
            raise _unavailable()
        self._close_for(fault)
        for job in sent.jobs:
            job.spoiled += 1
            if (failure := self._settle(job, fault, whole=True)) is not None:
                yield failure

    def _learn(self, sent: _Sent, faults: list[tuple[_Job, Fault]], limited: list[Fault]) -> None:
        """Adapt to what the parts of one batch said."""
        if any(fault.kind is FaultKind.CONCURRENT for fault in limited):
            self._width.shrink()
        elif not faults:
            self._width.note_clean()
        if len(faults) < len(sent.jobs):
            self._barren, self._arrived_at = 0, clock.monotonic()
        elif len(limited) == len(sent.jobs):
            self._count_barren(sent)
        longest = max(limited, key=lambda fault: fault.retry_after or 0.0, default=None)
        if longest is not None and (self._barren or longest.retry_after):
            self._close_for(longest)

    def _count_barren(self, sent: _Sent) -> None:
        """Batches that were on their way together count once."""
        if sent.at >= self._barren_at:
            self._barren += 1
        self._barren_at = clock.monotonic()

    def _close_for(self, fault: Fault) -> None:
        """Nobody sends until the time that Google named has passed, or a jittered while."""
        seconds = fault.retry_after or backoff(self._policy, max(1, self._barren))
        if seconds > self._policy.longest_wait_s:
            raise SourceRateLimited("Gmail asks to wait before reading on.", retry_after=seconds)
        self._open_at = max(self._open_at, clock.monotonic() + seconds)

    def _settle(self, job: _Job, fault: Fault, *, whole: bool) -> FetchFailure | None:
        """Put the job back for later, or give it up."""
        if fault.kind is FaultKind.GONE:
            detail = "Deleted before it could be fetched."
            return FetchFailure(job.id, FailureReason.GONE, detail, job.attempts + 1)
        if fault.kind is FaultKind.REFUSED:
            detail = f"Google refused it ({fault.status} {fault.reason})."
            return FetchFailure(job.id, FailureReason.REFUSED, detail, job.attempts + 1)
        if job.failed_at is None:
            job.failed_at = clock.monotonic()
        if is_limit(fault):
            job.rate_attempts += 1
            tried, allowed = job.rate_attempts, self._policy.rate_attempts
        else:
            job.attempts += 1
            tried, allowed = job.attempts, self._policy.attempts
        if tried >= allowed:
            return self._give_up(job, fault, whole=whole)
        job.due = clock.monotonic() + max(fault.retry_after or 0.0, backoff(self._policy, tried))
        self._waiting.append(job)
        return None

    def _give_up(self, job: _Job, fault: Fault, *, whole: bool) -> FetchFailure:
        """It is this message's fault only when others arrived since it failed first."""
        alone_in_this = job.failed_at is not None and self._arrived_at >= job.failed_at
        if is_limit(fault):
            if not alone_in_this:
                raise SourceRateLimited(
                    "Gmail's limit does not end.", retry_after=self._policy.longest_wait_s
                )
            reason, detail = FailureReason.RATE_LIMITED, "Google kept answering: too many requests."
        elif whole and not alone_in_this:
            raise _unavailable()
        elif fault.status:
            reason, detail = FailureReason.UNAVAILABLE, f"Google kept answering {fault.status}."
        else:
            reason, detail = FailureReason.UNREADABLE, "Google's answer could not be read."
        return FetchFailure(job.id, reason, detail, job.attempts + job.rate_attempts)


def _unavailable() -> SourceUnavailable:
    return SourceUnavailable("Gmail did not answer in a usable way, several times in a row.")
