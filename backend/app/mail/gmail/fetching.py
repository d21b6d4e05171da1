"""Fetching many messages: several batches at once, failed parts again, and nobody waits longer than needed.

waiting -> (batch) -> RawMail
                   -> FetchFailure       gone, refused, or failed too often
                   -> waiting, later     Google's trouble, or a limit: only the parts that failed
                   -> waiting, alone     messages of a thread that its answer did not give

Nothing is sent that the meter doesn't cover: the quota is spent as fast as it refills, and not faster.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass

from app.core import clock, db
from app.core.errors import AppError
from app.mail.gmail.batches import Ask, BatchAnswer, get_batch
from app.mail.gmail.faults import Fault, FaultKind
from app.mail.gmail.outcomes import raise_if_final, refuse
from app.mail.gmail.pace import RetryPolicy, Width, backoff, is_limit
from app.mail.gmail.quota import Meter
from app.mail.gmail.transport import Channels
from app.mail.sources import FailureReason, FetchFailure, MessageRef, SourceRateLimited, SourceUnavailable
from app.mail.values import RawMail

TICK_S = 0.1  # how often a waiting fetch looks whether it should stop
_SHARED_BEFORE_ALONE = 2
_WHOLE_BEFORE_SINGLE = 2  # a thread that fails so often is read message by message
_WORTH_REMEMBERING_S = 1.0
_HEAVY = 8_000_000  # bytes of one batch; attachments come along, and memory is bounded
_REFUSALS = 5  # batches in a row whose tokens, however new, were refused: the grant is dead


@dataclass(slots=True)
class _Job:
    """One message or thread to fetch. `due` is when it may be tried (again), `failed_at` when it failed first,
    `spoiled` how many whole batches failed around it."""

    ask: Ask
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
        meter: Meter,
        check_stop: Callable[[], None],
    ) -> None:
        self._channels = channels
        self._width = width
        self._policy = policy
        self._meter = meter
        self._check_stop = check_stop
        self._waiting: list[_Job] = []
        self._running: dict[Future[BatchAnswer], _Sent] = {}
        self._open_at = 0.0  # nobody sends before this moment
        self._arrived_at = 0.0  # when a message came last
        self._barren = 0  # rounds in a row that brought nothing
        self._barren_at = 0.0
        self._refused = 0  # batches in a row that nobody's token opened
        self._refused_at = 0.0

    def run(self, refs: Sequence[MessageRef]) -> Iterator[RawMail | FetchFailure]:
        """Every message once, as answers arrive."""
        self._waiting = [_Job(ask) for ask in plan_asks(refs, self._whole_thread_from())]
        pool = ThreadPoolExecutor(max_workers=max(1, self._width.batches), thread_name_prefix="gmail")
        try:
            try:
                yield from self._work(pool)
            except AppError:
                yield from self._harvest()
                raise
        finally:
            pool.shutdown(wait=False, cancel_futures=True)

    def _work(self, pool: ThreadPoolExecutor) -> Iterator[RawMail | FetchFailure]:
        while self._waiting or self._running:
            self._check_stop()
            self._send_ready(pool)
            if not self._running:
                clock.sleep(min(TICK_S, self._idle_time()))
                continue
            done, _ = wait(self._running, timeout=TICK_S, return_when=FIRST_COMPLETED)
            # One at a time, oldest first: what takes its place is sent before the reader is given the rest.
            future = next((each for each in self._running if each in done), None)
            if future is not None:
                yield from self._take(self._running.pop(future), future.result())

    def _harvest(self) -> Iterator[RawMail]:
        """What was on its way when it turned out that this has to end: it is paid for."""
        while self._running:
            self._check_stop()
            done, _ = wait(self._running, timeout=TICK_S, return_when=FIRST_COMPLETED)
            for future in done:
                self._running.pop(future)
                parts = () if future.exception() else future.result().parts.values()
                for part in parts:
                    yield from () if isinstance(part, Fault) else part

    def _send_ready(self, pool: ThreadPoolExecutor) -> None:
        moment = clock.monotonic()
        if moment < self._open_at:
            return
        while self._waiting and len(self._running) < self._width.batches:
            ready = self._next_batch(moment)
            if not ready:
                return
            db.forbid_open_transaction()
            jobs = ready[: self._meter.cover([self._price(job) for job in ready])]
            if not jobs:
                return
            self._take_from_queue(jobs)
            future = pool.submit(get_batch, self._channels, [job.ask for job in jobs])
            self._running[future] = _Sent(jobs, moment)

    def _next_batch(self, moment: float) -> list[_Job]:
        """The next jobs that are due. One whose batches keep failing as a whole goes alone, so that it can't
        take others with it."""
        ready: list[_Job] = []
        messages = 0
        for job in self._waiting:
            if job.due > moment:
                continue
            if job.spoiled >= _SHARED_BEFORE_ALONE:
                return ready or [job]
            messages += len(job.ask.wanted) or 1
            if ready and messages > self._width.size:
                break
            ready.append(job)
        return ready

    def _take_from_queue(self, jobs: list[_Job]) -> None:
        if self._waiting[: len(jobs)] == jobs:
            del self._waiting[: len(jobs)]
            return
        taken = {job.ask.key for job in jobs}
        self._waiting = [job for job in self._waiting if job.ask.key not in taken]

    def _price(self, job: _Job) -> int:
        return self._meter.tariff.prices[job.ask.method]

    def _whole_thread_from(self) -> int:
        """From how many of its messages on a thread is cheaper whole."""
        prices = self._meter.tariff.prices
        return prices["threads.get"] // prices["messages.get"] + 1

    def _idle_time(self) -> float:
        """Seconds until something may be sent."""
        first = min((job.due for job in self._waiting), default=0.0)
        waits = max(first, self._open_at) - clock.monotonic(), self._meter.idle_time()
        return max(0.0, *waits)

    def _take(self, sent: _Sent, answer: BatchAnswer) -> Iterator[RawMail | FetchFailure]:
        if answer.whole is not None:
            yield from self._take_failed_batch(sent, answer.whole)
            return
        faults: list[tuple[_Job, Fault]] = []
        weight = 0
        for job in sent.jobs:
            part = answer.parts[job.ask.key]
            if not isinstance(part, Fault):
                weight += sum(len(mail.raw) for mail in part)
                yield from part
                self._ask_alone(job, {mail.provider_message_id for mail in part})
            else:
                faults.append((job, part))
            if not isinstance(part, Fault) or not is_limit(part):
                self._meter.count(job.ask.method)
        limited = [fault for _, fault in faults if is_limit(fault)]
        self._count_refusals(sent, faults)
        for _, fault in faults:
            self._end_if_final(fault)
        if weight > _HEAVY:
            self._width.shrink()
        self._learn(sent, faults, limited)
        for job, fault in faults:
            if (failure := self._settle(job, fault, sent)) is not None:
                yield failure

    def _ask_alone(self, job: _Job, arrived: Collection[str] = ()) -> None:
        """Messages of a thread that have not arrived are next."""
        self._waiting[:0] = [_Job(Ask(i)) for i in job.ask.wanted if i not in arrived]

    def _count_refusals(self, sent: _Sent, faults: list[tuple[_Job, Fault]]) -> None:
        """Tokens may end between two parts of a batch; one that is new and refused each time is another case.
        Batches that were on their way together shared a token and count once."""
        refused = sum(1 for _, fault in faults if fault.kind is FaultKind.AUTH)
        if refused < len(sent.jobs):
            self._refused = 0
            return
        if sent.at >= self._refused_at:
            self._refused += 1
        self._refused_at = clock.monotonic()

    def _end_if_final(self, fault: Fault) -> None:
        if fault.kind is FaultKind.AUTH and self._refused < _REFUSALS:
            return
        try:
            raise_if_final(fault)
        except SourceRateLimited as wait:
            self._meter.put_off(wait.retry_after)
            raise

    def _take_failed_batch(self, sent: _Sent, fault: Fault) -> Iterator[RawMail | FetchFailure]:
        self._count_refusals(sent, [(job, fault) for job in sent.jobs])
        self._end_if_final(fault)
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
            if (failure := self._settle(job, fault, sent, whole=True)) is not None:
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
        if (fault.retry_after or 0.0) > _WORTH_REMEMBERING_S:
            self._meter.put_off(seconds)
        elif fault.kind is FaultKind.RATE and self._barren > 1:
            self._meter.drain()
        if seconds > self._policy.longest_wait_s:
            raise SourceRateLimited("Gmail asks to wait before reading on.", retry_after=seconds)
        self._open_at = max(self._open_at, clock.monotonic() + seconds)

    def _settle(self, job: _Job, fault: Fault, sent: _Sent, *, whole: bool = False) -> FetchFailure | None:
        """Put the job back for later, or give it up. Of a thread only its messages are ever given up."""
        if fault.kind is FaultKind.AUTH:
            self._waiting.append(job)
            return None
        if job.ask.wanted and not whole and self._is_hopeless(job, fault):
            self._ask_alone(job)
            return None
        if fault.kind is FaultKind.GONE:
            detail = "Deleted before it could be fetched."
            return FetchFailure(job.ask.id, FailureReason.GONE, detail, job.attempts + 1)
        if fault.kind is FaultKind.REFUSED:
            detail = f"Google refused it ({fault.status} {fault.reason})."
            return FetchFailure(job.ask.id, FailureReason.REFUSED, detail, job.attempts + 1)
        if job.failed_at is None:
            job.failed_at = sent.at  # what came with the same batch counts as an arrival since
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

    def _is_hopeless(self, job: _Job, fault: Fault) -> bool:
        """Whether the answer for this thread, and not the connection or the rate, is what fails."""
        lasting = fault.kind in (FaultKind.GONE, FaultKind.REFUSED)
        return lasting or (not is_limit(fault) and job.attempts + 1 >= _WHOLE_BEFORE_SINGLE)

    def _give_up(self, job: _Job, fault: Fault, *, whole: bool) -> FetchFailure | None:
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
        if job.ask.wanted:
            self._ask_alone(job)
            return None
        return FetchFailure(job.ask.id, reason, detail, job.attempts + job.rate_attempts)


def plan_asks(refs: Sequence[MessageRef], whole_from: int) -> list[Ask]:
    """What to ask for, in the order of `refs`: a thread whole when at least `whole_from` of its messages are
    wanted, every other message alone."""
    unique = {ref.id: ref for ref in refs}
    by_thread: dict[str, list[str]] = {}
    for ref in unique.values():
        if ref.thread_id:
            by_thread.setdefault(ref.thread_id, []).append(ref.id)
    whole = {thread: ids for thread, ids in by_thread.items() if len(ids) >= whole_from}
    asks: dict[str, Ask] = {}
    for ref in unique.values():
        wanted = whole.get(ref.thread_id) if ref.thread_id else None
        ask = Ask(str(ref.thread_id), tuple(wanted)) if wanted else Ask(ref.id)
        asks.setdefault(ask.key, ask)
    return list(asks.values())


def _unavailable() -> SourceUnavailable:
    return SourceUnavailable("Gmail did not answer in a usable way, several times in a row.")
