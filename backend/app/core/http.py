"""Web requests that can't be talked into going where they must not.

`fetch` is for addresses that a person or a mail names. `client` makes the HTTP client for a host that a person
configured. Both check the address at the moment of connecting, on every redirect too, and connect to that very
address: a name that resolves to something else a moment later gains nothing.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from app.core.addresses import Reach, reach_of_name
from app.core.clock import monotonic
from app.core.errors import AppError
from app.core.outgoing import HostNotAllowed, Purpose, Refused, place_of

if TYPE_CHECKING:
    import httpx2

WITHIN_S = 10.0
MOST_BYTES = 5 * 1024 * 1024
MOST_REDIRECTS = 5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_LONGEST_URL = 4096
_CHUNK = 64 * 1024


class FetchFailed(AppError):
    """The other side, not we: it can't be reached, or what it sends can't be used."""

    status = 502
    code = "outgoing.failed"
    title = "That address could not be read"


class FetchTooSlow(FetchFailed):
    status = 504
    code = "outgoing.too_slow"
    title = "That address took too long"


class FetchTooLarge(FetchFailed):
    code = "outgoing.too_large"
    title = "There is too much at that address"


@dataclass(frozen=True, slots=True)
class Fetched:
    """What was found: `url` after redirects, the status, the media type without parameters, and the body."""

    url: str
    status: int
    media_type: str
    charset: str | None
    content: bytes


def fetch(
    url: str,
    *,
    user_id: int | None = None,
    purpose: Purpose = Purpose.WEB,
    accept: str = "text/html,application/json;q=0.9,*/*;q=0.1",
    within_s: float = WITHIN_S,
    most_bytes: int = MOST_BYTES,
) -> Fetched:
    """GET an address: ten seconds altogether, five megabytes unpacked, five redirects; no cookies, no credentials.

    A status of 400 or more is an answer like any other. Raises Offline, HostNotAllowed, FetchFailed, FetchTooSlow,
    FetchTooLarge.
    """
    ends = monotonic() + within_s
    with client(purpose, user_id=user_id, ends=ends, within_s=within_s) as web:
        for _ in range(MOST_REDIRECTS + 1):
            _check_url(url)
            with _in_our_words(), web.stream("GET", url, headers={"Accept": accept}) as answer:
                target = answer.headers.get("location")
                if answer.status_code not in _REDIRECTS or not target:
                    return _fetched(url, answer, ends, most_bytes)
            url = urljoin(url, target)
    raise FetchFailed("It leads from one address to the next without end.")


def ask(
    purpose: Purpose,
    method: str,
    url: str,
    *,
    form: Mapping[str, str] | None = None,
    within_s: float = WITHIN_S,
) -> Fetched:
    """One request to a host that the operator named, by the environment's proxy where there is one; no redirect is
    followed. Raises Offline, HostNotAllowed, FetchFailed, FetchTooSlow, FetchTooLarge."""
    ends = monotonic() + within_s
    with (
        _in_our_words(),
        client(purpose, ends=ends, within_s=within_s, proxy=proxy_for(url)) as web,
        web.stream(method, url, data=dict(form) if form is not None else None) as answer,
    ):
        return _fetched(url, answer, ends, MOST_BYTES)


def proxy_for(url: str) -> str | None:
    """The environment's proxy for this address, none for this machine's own."""
    from urllib.request import getproxies, proxy_bypass

    host = urlsplit(url).hostname or ""
    if reach_of_name(host) is Reach.PRIVATE or proxy_bypass(host):
        return None
    known = getproxies()
    return known.get(urlsplit(url).scheme) or known.get("all")


def client(
    purpose: Purpose,
    *,
    user_id: int | None = None,
    within_s: float = WITHIN_S,
    ends: float | None = None,
    max_connections: int = 4,
    proxy: str | None = None,
) -> httpx2.Client:
    """An HTTP client whose every connection is checked and listed. It follows no redirect, keeps no cookies, and
    takes nothing from the environment; `ends` (monotonic seconds) bounds all that it does. Through a `proxy` the
    check is the proxy's business, and OFFLINE's."""
    from app.core import guarded_http

    return guarded_http.make_client(
        guarded_http.Guard(purpose, user_id, ends),
        within_s=within_s,
        max_connections=max_connections,
        proxy=proxy,
    )


def refusal_in(error: BaseException) -> Refused | None:
    """Our own refusal, if it is what made a library fail."""
    seen: BaseException | None = error
    for _ in range(10):
        if seen is None or isinstance(seen, Refused):
            return seen
        seen = seen.__cause__ or seen.__context__
    return None


def _check_url(url: str) -> None:
    """Raises HostNotAllowed for what is no plain web address. Programs disagree about the odd ones, and what
    is read in two ways is checked in one and contacted in the other."""
    if len(url) > _LONGEST_URL or any(ord(each) <= 32 or ord(each) == 127 or each == "\\" for each in url):
        raise HostNotAllowed("That is no web address.")
    place_of(url)
    if "@" in urlsplit(url).netloc:
        raise HostNotAllowed("An address with a user name in it is not read.")


@contextmanager
def _in_our_words() -> Iterator[None]:
    """Turns what the library raises into errors of ours."""
    import httpx2

    try:
        yield
    except AppError:
        raise
    except (httpx2.HTTPError, httpx2.InvalidURL, httpx2.StreamError, zlib.error) as error:
        if isinstance(error, httpx2.TimeoutException):
            raise FetchTooSlow from error
        raise FetchFailed(f"It could not be read ({type(error).__name__}).") from error


def _fetched(url: str, answer: Any, ends: float, most_bytes: int) -> Fetched:
    return Fetched(
        url=url,
        status=answer.status_code,
        media_type=answer.headers.get("content-type", "").partition(";")[0].strip().lower(),
        charset=answer.charset_encoding,
        content=_body(answer, ends, most_bytes),
    )


def _body(answer: Any, ends: float, most_bytes: int) -> bytes:
    """The body, unpacked here: a library that unpacks a chunk whole takes a bomb for a chunk."""
    packing = answer.headers.get("content-encoding", "identity").strip().lower()
    if packing not in {"", "identity", "gzip", "x-gzip", "deflate"}:
        raise FetchFailed("It is packed in a way that was not asked for.")
    parts: list[bytes] = []
    length = 0
    raw = answer.iter_raw(_CHUNK)
    for part in raw if packing in {"", "identity"} else _unpacked(raw, most_bytes):
        length += len(part)
        if length > most_bytes:
            raise FetchTooLarge(f"More than {most_bytes // (1024 * 1024)} MB.")
        if monotonic() > ends:
            raise FetchTooSlow
        parts.append(part)
    return b"".join(parts)


def _unpacked(raw: Iterator[bytes], most_bytes: int) -> Iterator[bytes]:
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 32)  # gzip or zlib, by its head
    for part in raw:
        yield unpacker.decompress(part, most_bytes + 1)
        if unpacker.unconsumed_tail:
            raise FetchTooLarge(f"More than {most_bytes // (1024 * 1024)} MB.")
    yield unpacker.flush(_CHUNK)
