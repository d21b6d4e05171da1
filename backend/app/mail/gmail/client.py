"""Gmail as a source of mail: the four things that the sync engine asks of any provider."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from app.core import clock, db
from app.core.settings import Settings
from app.mail.gmail import query
from app.mail.gmail.credentials import TokenKeeper, read_credentials, seal, unseal
from app.mail.gmail.errors import CallRefused
from app.mail.gmail.faults import GARBLED, Fault, FaultKind
from app.mail.gmail.fetching import TICK_S, Fetching
from app.mail.gmail.history import read_page
from app.mail.gmail.outcomes import raise_if_final, refuse
from app.mail.gmail.pace import RetryPolicy, Width, backoff, is_limit
from app.mail.gmail.quota import Meter, Purse, tariff_of
from app.mail.gmail.transport import Channel, Channels, attempt, fault_of
from app.mail.sources import (
    ChangePage,
    CursorExpired,
    FetchFailure,
    MessageRef,
    Search,
    SourceProfile,
    SourceRateLimited,
    SourceStopped,
    SourceUnavailable,
    Window,
)
from app.mail.values import RawMail

_HISTORY_TYPES = ["messageAdded", "messageDeleted", "labelAdded", "labelRemoved"]
T = TypeVar("T")
_OWN_LABEL = "Label_"
_REFUSALS = 3


def open_mailbox(
    settings: Settings,
    sealed: bytes,
    *,
    save: Callable[[bytes], None],
    should_stop: Callable[[], bool] = lambda: False,
    policy: RetryPolicy | None = None,
    purse: Purse | None = None,
) -> GmailClient:
    """The mailbox that the sealed credentials of an account open. `save` receives the sealed credentials each
    time they are renewed, from any thread, outside any transaction of the caller. `should_stop` is asked
    between batches and every tenth of a second while something is waited for, so it has to be cheap. `purse`
    is where units come from; without one only Google limits. No network yet. Raises ReauthRequired,
    crypto.CredentialsUnreadable."""

    def save_sealed(payload: bytes) -> None:
        save(seal(payload, settings))

    return GmailClient(
        settings,
        unseal(sealed, settings),
        save=save_sealed,
        should_stop=should_stop,
        policy=policy,
        purse=purse,
    )


def identify(settings: Settings, payload_json: bytes) -> tuple[str, bytes]:
    """The address of the mailbox that fresh credentials open, and the credentials as they are afterwards: one
    call, 5 s at most, no retry."""
    renewed = [payload_json]
    once = RetryPolicy(attempts=1, rate_attempts=1, call_timeout_s=5.0)
    client = GmailClient(settings, payload_json, save=renewed.append, policy=once)
    try:
        return client.profile().address, renewed[-1]
    finally:
        client.close()


class GmailClient:
    """One connected Gmail mailbox (a MailSource). Not for use by several threads at once; its own threads are
    its own business."""

    def __init__(
        self,
        settings: Settings,
        payload_json: bytes,
        *,
        save: Callable[[bytes], None],
        should_stop: Callable[[], bool] = lambda: False,
        policy: RetryPolicy | None = None,
        purse: Purse | None = None,
    ) -> None:
        self._policy = policy or RetryPolicy()
        keeper = TokenKeeper(read_credentials(payload_json), save)
        self._channels = Channels(settings.gmail_api_base_url, keeper, self._policy.call_timeout_s)
        self._width = Width(settings.gmail_max_concurrent_batches, settings.gmail_batch_size)
        self._page_size = settings.gmail_messages_max_results
        self._should_stop = should_stop
        self._meter = Meter(tariff_of(settings), purse, longest_wait_s=self._policy.longest_wait_s)
        self._label_names: dict[str, str] | None = None

    @property
    def units(self) -> int:
        return self._meter.total

    def close(self) -> None:
        """Close its connections, those in use when their call has ended, and give back unspent quota."""
        self._channels.close()
        self._meter.close()

    def profile(self) -> SourceProfile:
        return self._call("getProfile", lambda channel: channel.users.getProfile(userId="me"), _read_profile)

    def list_ids(self, search: Search) -> Iterator[list[MessageRef]]:
        return self._list_queries(query.build_queries(search), everything=False)

    def list_present(self, window: Window) -> Iterator[list[MessageRef]]:
        return self._list_queries((query.build_window(window),), everything=True)

    def fetch(self, refs: Sequence[MessageRef]) -> Iterator[RawMail | FetchFailure]:
        fetching = Fetching(self._channels, self._width, self._policy, self._meter, self._check_stop)
        for outcome in fetching.run(refs):
            yield self._with_label_names(outcome) if isinstance(outcome, RawMail) else outcome

    def history(self, since: str) -> Iterator[ChangePage]:
        token: str | None = None
        walked: set[str] = set()
        while True:
            request = self._history_request(since, token)
            page, token = self._call("history.list", request, read_page, gone=CursorExpired)
            yield self._with_names(page)
            if token is None:
                return
            _go_on(walked, token)

    def _history_request(self, since: str, token: str | None) -> Callable[[Channel], Any]:
        def make(channel: Channel) -> Any:
            return channel.users.history().list(
                userId="me",
                startHistoryId=since,
                historyTypes=_HISTORY_TYPES,
                maxResults=self._page_size,
                pageToken=token,
            )

        return make

    def _list_request(self, q: str, token: str | None, *, everything: bool) -> Callable[[Channel], Any]:
        def make(channel: Channel) -> Any:
            return channel.messages.list(
                userId="me",
                q=q or None,
                maxResults=self._page_size,
                pageToken=token,
                includeSpamTrash=everything,
                fields="messages(id,threadId),nextPageToken",
            )

        return make

    def _list_queries(self, queries: Iterable[str], *, everything: bool) -> Iterator[list[MessageRef]]:
        seen: set[str] = set()
        for q in queries:
            for page in self._list_query(q, everything=everything):
                fresh = [ref for ref in page if ref.id not in seen]
                seen.update(ref.id for ref in fresh)
                if fresh:
                    yield fresh

    def _list_query(self, q: str, *, everything: bool) -> Iterator[list[MessageRef]]:
        token: str | None = None
        restarted = False
        walked: set[str] = set()
        while True:
            request = self._list_request(q, token, everything=everything)
            try:
                refs, token = self._call("messages.list", request, _read_refs)
            except CallRefused:
                if token is None or restarted:
                    raise
                # The page token is no longer known; ids that come again are recognised.
                token, restarted = None, True
                walked.clear()
                continue
            yield refs
            if token is None:
                return
            _go_on(walked, token)

    def _with_label_names(self, mail: RawMail) -> RawMail:
        """Ids of the user's own labels say nothing outside Gmail: use the names."""
        return replace(mail, labels=self._named(mail.labels))

    def _with_names(self, page: ChangePage) -> ChangePage:
        changes = tuple(
            replace(c, labels=self._named(c.labels), changed=self._named(c.changed)) for c in page.changes
        )
        return replace(page, changes=changes)

    def _named(self, labels: tuple[str, ...]) -> tuple[str, ...]:
        if not any(label.startswith(_OWN_LABEL) for label in labels):
            return labels
        if self._label_names is None:
            self._label_names = self._call(
                "labels.list", lambda channel: channel.users.labels().list(userId="me"), _read_label_names
            )
        names = self._label_names
        return tuple(names.get(label, label) for label in labels)

    def _call(
        self,
        method: str,
        make: Callable[[Channel], Any],
        read: Callable[[dict[str, Any]], T],
        *,
        gone: type[Exception] | None = None,
    ) -> T:
        """What `read` makes of the answer of one API call, tried again as long as that helps. Raises `gone` for
        404."""
        tries = limits = refusals = 0
        while True:
            db.forbid_open_transaction()
            while not self._meter.cover((self._meter.tariff.prices[method],)):
                self._wait(self._meter.idle_time())
            self._check_stop()
            answer = attempt(self._channels, lambda channel: make(channel).execute())
            fault = fault_of(answer)
            if fault is None or not is_limit(fault):
                self._meter.count(method)
            if fault is None:
                try:
                    return read(answer)
                except (LookupError, TypeError, ValueError, AttributeError):
                    fault = GARBLED
            refusals += fault.kind is FaultKind.AUTH
            if fault.kind is FaultKind.AUTH and refusals < _REFUSALS:
                continue  # a token may end between its renewal and its use
            self._end_if_final(fault)
            if fault.kind is FaultKind.GONE and gone is not None:
                raise gone
            if fault.kind in (FaultKind.GONE, FaultKind.REFUSED):
                raise refuse(fault)
            limits, tries = (limits + 1, tries) if is_limit(fault) else (limits, tries + 1)
            self._give_up_or_wait(fault, tries, limits)

    def _give_up_or_wait(self, fault: Fault, tries: int, limits: int) -> None:
        seconds = fault.retry_after or backoff(self._policy, limits or tries)
        if fault.retry_after and seconds > 1.0:
            self._meter.put_off(seconds)
        elif fault.kind is FaultKind.RATE and limits > 1:
            self._meter.drain()
        if seconds > self._policy.longest_wait_s or limits >= self._policy.rate_attempts:
            raise SourceRateLimited("Gmail asks to wait before reading on.", retry_after=max(seconds, 60.0))
        if tries >= self._policy.attempts:
            raise SourceUnavailable("Gmail did not answer in a usable way, several times in a row.")
        self._wait(seconds)

    def _end_if_final(self, fault: Fault) -> None:
        try:
            raise_if_final(fault)
        except SourceRateLimited as wait:
            self._meter.put_off(wait.retry_after)
            raise

    def _wait(self, seconds: float) -> None:
        end = clock.monotonic() + seconds
        while (left := end - clock.monotonic()) > 0:
            self._check_stop()
            clock.sleep(min(TICK_S, left))

    def _check_stop(self) -> None:
        if self._should_stop():
            raise SourceStopped


def _read_profile(answer: dict[str, Any]) -> SourceProfile:
    return SourceProfile(
        address=str(answer["emailAddress"]).lower(),
        cursor=str(int(answer["historyId"])),
        messages=int(answer.get("messagesTotal", 0)),
    )


def _read_refs(answer: dict[str, Any]) -> tuple[list[MessageRef], str | None]:
    refs = [MessageRef(row["id"], row.get("threadId")) for row in answer.get("messages", ())]
    return refs, answer.get("nextPageToken")


def _read_label_names(answer: dict[str, Any]) -> dict[str, str]:
    return {row["id"]: row["name"] for row in answer.get("labels", ())}


def _go_on(walked: set[str], token: str) -> None:
    """A listing that comes to the same page twice would never end."""
    if token in walked:
        raise SourceUnavailable("Gmail's listing goes round in circles.")
    walked.add(token)
