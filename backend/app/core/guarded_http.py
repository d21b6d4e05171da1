"""The network under our HTTP client: names are resolved and checked here, and only checked addresses are connected to.

The only module of this room that knows the HTTP library; it loads with the first request.
"""

from __future__ import annotations

import socket
from collections.abc import Iterable
from dataclasses import dataclass
from ssl import SSLContext
from typing import Any

import httpcore2
import httpx2

from app.core import outgoing
from app.core.clock import monotonic
from app.core.outgoing import Purpose

_MOST_ADDRESSES = 4  # of one name, tried one after the other
_AGENT = "Jobtrail (a person's own job application tracker)"


@dataclass(frozen=True, slots=True)
class Guard:
    """What connections are made for, on whose behalf, and when all of it must be over (monotonic seconds)."""

    purpose: Purpose
    user_id: int | None = None
    ends: float | None = None

    def left(self, timeout: float | None) -> float | None:
        """Seconds that one step may take. Raises httpcore2.ReadTimeout when none are left."""
        if self.ends is None:
            return timeout
        left = self.ends - monotonic()
        if left <= 0:
            raise httpcore2.ReadTimeout("the time is over")
        return left if timeout is None else min(timeout, left)


def make_client(guard: Guard, *, within_s: float, max_connections: int, proxy: str | None) -> httpx2.Client:
    """A client without redirects, cookies of others, netrc or proxies of the environment."""
    transport: httpx2.BaseTransport
    if proxy is None:
        transport = _Transport(guard, max_connections)
    else:
        transport = _Proxied(guard, httpx2.HTTPTransport(proxy=proxy))
    return httpx2.Client(
        transport=transport,
        timeout=httpx2.Timeout(within_s),
        follow_redirects=False,
        trust_env=False,
        headers={"User-Agent": _AGENT, "Accept-Encoding": "gzip"},
    )


class _Transport(httpx2.HTTPTransport):
    """The library's transport on our own network."""

    def __init__(self, guard: Guard, max_connections: int) -> None:
        super().__init__()
        self._pool.close()
        self._pool = httpcore2.ConnectionPool(
            ssl_context=httpx2.create_ssl_context(),
            max_connections=max_connections,
            max_keepalive_connections=max_connections,
            network_backend=_Network(guard),
        )


class _Proxied(httpx2.BaseTransport):
    """Requests by a proxy that the operator set up: it resolves the names."""

    def __init__(self, guard: Guard, inner: httpx2.HTTPTransport) -> None:
        self._guard = guard
        self._inner = inner

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        port = request.url.port or (443 if request.url.scheme == "https" else 80)
        outgoing.permit(self._guard.purpose, request.url.host, port, self._guard.user_id)
        return self._inner.handle_request(request)

    def close(self) -> None:
        self._inner.close()


class _Network(httpcore2.NetworkBackend):
    def __init__(self, guard: Guard) -> None:
        self._guard = guard
        self._inner = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        """A connection to one of the host's checked addresses. Raises outgoing.Refused and the library's errors."""
        guard = self._guard
        try:
            found = outgoing.addresses(
                guard.purpose,
                host,
                port,
                user_id=guard.user_id,
                within_s=guard.left(timeout) or timeout or 10.0,
            )
        except TimeoutError as error:
            raise httpcore2.ConnectTimeout(str(error)) from error
        except (socket.gaierror, UnicodeError) as error:
            raise httpcore2.ConnectError(str(error)) from error
        failed: Exception = httpcore2.ConnectError("the name has no address")
        for address in found[:_MOST_ADDRESSES]:
            try:
                stream = self._inner.connect_tcp(
                    address, port, guard.left(timeout), local_address, socket_options
                )
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failed = error
            else:
                return _Stream(guard, stream)
        raise failed

    def connect_unix_socket(self, *_args: Any, **_kwargs: Any) -> httpcore2.NetworkStream:
        raise httpcore2.UnsupportedProtocol("no local sockets")


class _Stream(httpcore2.NetworkStream):
    """A connection that ends with the time that the whole request has: a server that sends a byte now and then
    would else keep it for ever."""

    def __init__(self, guard: Guard, inner: httpcore2.NetworkStream) -> None:
        self._guard = guard
        self._inner = inner

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._guard.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._guard.left(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        return _Stream(
            self._guard, self._inner.start_tls(ssl_context, server_hostname, self._guard.left(timeout))
        )

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)
