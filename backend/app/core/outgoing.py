"""Leave to contact a host: what for, whether that is allowed, and a line in the list of contacted hosts.

Everything that opens a connection to somewhere asks here first. Databases, Redis and the broker are part of the
installation and don't.

| purpose | private addresses | with OFFLINE |
| --- | --- | --- |
| gmail, imap | gmail: the operator names the host; imap: with ALLOW_PRIVATE_HOSTS | allowed: the mail host |
| google_calendar, google_sheets, sign_in | the operator names the host | refused |
| llm, webhook | with ALLOW_PRIVATE_HOSTS | refused |
| web (an address that a person or a mail names) | refused | refused |
"""

from __future__ import annotations

import ipaddress
import socket
from concurrent.futures import Future
from concurrent.futures import TimeoutError as TooLong
from enum import StrEnum
from threading import Thread
from urllib.parse import urlsplit

from app.core import db, egress
from app.core.addresses import Reach, reach_of
from app.core.errors import AppError, Conflict, Unprocessable
from app.core.settings import get_settings


class Purpose(StrEnum):
    """What a host is contacted for."""

    GMAIL = "gmail"
    IMAP = "imap"
    CALENDAR = "google_calendar"
    SHEETS = "google_sheets"
    SIGN_IN = "sign_in"
    LLM = "llm"
    WEBHOOK = "webhook"
    WEB = "web"


_MAIL = frozenset({Purpose.GMAIL, Purpose.IMAP})
_NAMED_BY_OPERATOR = frozenset({Purpose.GMAIL, Purpose.CALENDAR, Purpose.SHEETS, Purpose.SIGN_IN})
_PRIVATE_WHERE_ALLOWED = frozenset({Purpose.IMAP, Purpose.LLM, Purpose.WEBHOOK})
_RESOLVE_S = 10.0


class Refused(AppError):
    """Base: nothing was sent."""


class Offline(Refused, Conflict):
    code = "outgoing.offline"
    title = "Jobtrail is set to stay offline"


class HostNotAllowed(Refused, Unprocessable):
    code = "outgoing.host_not_allowed"
    title = "That address is not one that Jobtrail goes to"


def permit(purpose: Purpose, host: str, port: int, user_id: int | None = None) -> None:
    """Ask before contacting a host by a library that resolves names itself; the contact is listed. Raises Offline."""
    check_online(purpose)
    db.forbid_open_transaction()
    egress.note(purpose.value, bare(host), port, user_id)


def permit_url(purpose: Purpose, url: str, user_id: int | None = None) -> None:
    """The same for an address. Raises Offline, HostNotAllowed for one without a host."""
    host, port = place_of(url)
    permit(purpose, host, port, user_id)


def place_of(url: str) -> tuple[str, int]:
    """Host and port of an http or https address. Raises HostNotAllowed."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise HostNotAllowed("That is no web address.") from error
    if parts.scheme not in {"http", "https"} or not host:
        raise HostNotAllowed("That is no web address.")
    return host, port or (443 if parts.scheme == "https" else 80)


def addresses(
    purpose: Purpose,
    host: str,
    port: int,
    *,
    user_id: int | None = None,
    within_s: float = _RESOLVE_S,
    lists: bool = True,
) -> list[str]:
    """The IP addresses to connect to, and to no others: a second question to the resolver may get another answer.

    One address that is not allowed is enough to refuse them all. With `lists` the contact is listed. Raises
    Offline, HostNotAllowed, socket.gaierror, UnicodeError, TimeoutError.
    """
    check_online(purpose)
    db.forbid_open_transaction()
    found = _resolve(host.strip("[]"), port, within_s)
    for address in found:
        if not _may_go_to(purpose, reach_of(address)):
            raise HostNotAllowed(_sentence(purpose), host=bare(host))
    if lists:
        egress.note(purpose.value, bare(host), port, user_id)
    return found


def check_place(purpose: Purpose, url: str) -> None:
    """Refuse an address before it is stored; a name that is unknown just now passes, connecting checks again.
    Raises HostNotAllowed."""
    host, port = place_of(url)
    if get_settings().offline:
        return  # asking a resolver is contacting somebody
    try:
        addresses(purpose, host, port, within_s=3.0, lists=False)
    except (OSError, UnicodeError):
        return


def check_online(purpose: Purpose) -> None:
    """Raises Offline where OFFLINE forbids this purpose."""
    if get_settings().offline and purpose not in _MAIL:
        raise Offline("OFFLINE is set: no host is contacted but the one that holds the mail.")


def bare(host: str) -> str:
    """A host as it is listed: lower case, without brackets and last dot, addresses in their usual spelling."""
    name = host.strip("[]").lower().rstrip(".")
    try:
        return str(ipaddress.ip_address(name))
    except ValueError:
        return name


def _may_go_to(purpose: Purpose, reach: Reach) -> bool:
    if purpose in _NAMED_BY_OPERATOR or reach is Reach.PUBLIC:
        return True
    return (
        reach is Reach.PRIVATE and purpose in _PRIVATE_WHERE_ALLOWED and get_settings().private_hosts_allowed
    )


def _sentence(purpose: Purpose) -> str:
    if purpose in _PRIVATE_WHERE_ALLOWED and not get_settings().private_hosts_allowed:
        return (
            "That host stands in a private network. Whoever runs Jobtrail can set ALLOW_PRIVATE_HOSTS=true to "
            "allow it."
        )
    return "That host stands in a private network, or is no host at all; Jobtrail does not go there."


def _resolve(host: str, port: int, within_s: float) -> list[str]:
    """Every IP address of a name, in the resolver's order. A resolver has no time-out of its own."""
    answer: Future[list[str]] = Future()

    def ask() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            answer.set_result(list(dict.fromkeys(str(each[4][0]).partition("%")[0] for each in found)))
        except Exception as error:  # noqa: BLE001 (told to whoever waits)
            answer.set_exception(error)

    Thread(target=ask, name="resolve", daemon=True).start()
    try:
        return answer.result(timeout=within_s)
    except TooLong as error:
        raise TimeoutError("The resolver did not answer.") from error
