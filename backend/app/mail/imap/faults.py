"""Sorting what goes wrong on an IMAP connection: lost, refused, limited, or not to be opened at all.

exception -> ConnectionLost     the network or the server's language: connect again and repeat
          -> CommandRefused     a plain NO or BAD: this command, not the connection
          -> SourceRateLimited  the server asks to wait
          -> OpenFailed         while opening: why, in a word of ours
"""

from __future__ import annotations

import imaplib
import re
import socket
import ssl
from enum import StrEnum

from app.core.outgoing import HostNotAllowed
from app.mail.sources import SourceRateLimited

_LIMITED = re.compile(r"\[?(?:overquota|throttled|limit)\]|bandwidth limit|too many|throttl", re.IGNORECASE)
_PASSING = re.compile(
    r"\[(?:unavailable|inuse|serverbug)\]|try again|temporar|internal error|timed? ?out", re.IGNORECASE
)
_BACKOFF = re.compile(r"backoff time:? *(\d{1,9})", re.IGNORECASE)
_RETRY_S = 120.0


class OpenProblem(StrEnum):
    """Why a mailbox could not be opened."""

    HOST_UNKNOWN = "host_unknown"
    REFUSED = "refused"
    TIMEOUT = "timeout"
    TLS = "tls"
    CERTIFICATE = "certificate"
    NO_STARTTLS = "no_starttls"
    LOGIN = "login"
    BUSY = "busy"
    NOT_ALLOWED = "not_allowed"


class OpenFailed(Exception):
    def __init__(self, problem: OpenProblem) -> None:
        self.problem = problem
        super().__init__(problem.value)


class ConnectionLost(Exception):
    """The connection is of no use any more; another may be."""


class CommandRefused(Exception):
    """The server said no to this command; the connection stands."""


def read_fault(error: Exception) -> Exception:
    """What an exception out of a working connection means."""
    text = str(error)
    if isinstance(error, imaplib.IMAP4.error):
        if _LIMITED.search(text):
            return limited(text)
        is_lost = isinstance(error, imaplib.IMAP4.abort) or _PASSING.search(text) or _is_garbled(error)
        return ConnectionLost() if is_lost else CommandRefused()
    return ConnectionLost()


def limited(text: str) -> SourceRateLimited:
    """The wait that a server asked for. Only Exchange names one, in milliseconds."""
    named = _BACKOFF.search(text)
    seconds = int(named[1]) / 1000 if named else _RETRY_S
    return SourceRateLimited("The mail server asks to wait before reading on.", retry_after=max(5.0, seconds))


def read_open_fault(error: Exception) -> OpenFailed:
    """What an exception out of connecting (before the login) means."""
    if isinstance(error, HostNotAllowed):
        return OpenFailed(OpenProblem.NOT_ALLOWED)
    if isinstance(error, ssl.SSLCertVerificationError):
        return OpenFailed(OpenProblem.CERTIFICATE)
    if isinstance(error, TimeoutError):
        return OpenFailed(OpenProblem.TIMEOUT)
    if isinstance(error, ssl.SSLError):
        return OpenFailed(OpenProblem.TLS)
    if isinstance(error, socket.gaierror | UnicodeError):
        return OpenFailed(OpenProblem.HOST_UNKNOWN)
    return OpenFailed(OpenProblem.REFUSED)


def read_login_fault(error: Exception) -> OpenFailed:
    """What an exception out of the login means: a NO without a sign that it passes is about the password."""
    text = str(error)
    if isinstance(error, TimeoutError):
        return OpenFailed(OpenProblem.TIMEOUT)
    is_refusal = isinstance(error, imaplib.IMAP4.error) and not isinstance(error, imaplib.IMAP4.abort)
    if is_refusal and not (_LIMITED.search(text) or _PASSING.search(text)):
        return OpenFailed(OpenProblem.LOGIN)
    return OpenFailed(OpenProblem.BUSY)


def _is_garbled(error: Exception) -> bool:
    return type(error).__name__ == "ProtocolError"
