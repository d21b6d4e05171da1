"""Trying a mailbox before anything is stored: can it be opened, and is there something to read?

A form that connects wherever it is told must not become a scanner of somebody's network: the answer is one of
a fixed set, comes within ten seconds, quotes nothing that the other side said, and well-known ports of other
services are not tried at all. Private addresses are tried where ALLOW_PRIVATE_HOSTS says so.
"""

from __future__ import annotations

import queue
import threading
from dataclasses import dataclass

from app.core import db
from app.core.errors import AppError
from app.mail.imap import errors
from app.mail.imap.access import ImapAccess, Security, is_loopback
from app.mail.imap.client import no_folder_sentence
from app.mail.imap.faults import OpenFailed, OpenProblem
from app.mail.imap.folders import Folder, choose
from app.mail.imap.presets import Password, preset_at, preset_of
from app.mail.imap.wire import Mailbox, open_mailbox

WITHIN_S = 10.0
_MAIL_PORTS = frozenset([143, 993])
_FIRST_FREE_PORT = 1024


@dataclass(frozen=True, slots=True)
class Probed:
    """A mailbox that can be read. `chosen` are the folders that will be."""

    is_gmail: bool
    folders: tuple[Folder, ...]
    chosen: tuple[Folder, ...]


def probe(access: ImapAccess, *, user_id: int | None = None, within_s: float = WITHIN_S) -> Probed:
    """Open the user's mailbox and look at its folders; nothing in it changes. Raises one of `errors.TEST_ERRORS`."""
    _check_allowed(access)
    db.forbid_open_transaction()
    answers: queue.SimpleQueue[Probed | Exception] = queue.SimpleQueue()
    open_ones: list[Mailbox] = []

    def work() -> None:
        try:
            answers.put(_look(access, open_ones, within_s, user_id))
        except Exception as error:  # noqa: BLE001 (told to whoever waits)
            answers.put(error)

    threading.Thread(target=work, name="imap-probe", daemon=True).start()
    try:
        answer = answers.get(timeout=within_s)
    except queue.Empty:
        for mailbox in open_ones:
            mailbox.shut()
        raise errors.ImapTimeout(_TOO_LONG) from None
    if isinstance(answer, Probed):
        return answer
    raise _told(access, answer) from answer


def _look(access: ImapAccess, open_ones: list[Mailbox], within_s: float, user_id: int | None) -> Probed:
    mailbox = open_mailbox(access, connect_s=within_s, read_s=within_s, user_id=user_id)
    open_ones.append(mailbox)
    try:
        folders = mailbox.folders()
        chosen = choose(folders, access.folders, is_gmail=mailbox.is_gmail)
        if not chosen:
            raise errors.ImapNoFolder(no_folder_sentence(is_gmail=mailbox.is_gmail))
        mailbox.examine(chosen[0])
        return Probed(mailbox.is_gmail, tuple(folders), tuple(chosen))
    finally:
        mailbox.close()


def _check_allowed(access: ImapAccess) -> None:
    if access.security is Security.NONE and not is_loopback(access.host):
        raise errors.ImapNotAllowed(
            "Without encryption your password would be readable on the way. Choose TLS or STARTTLS."
        )
    if access.port < _FIRST_FREE_PORT and access.port not in _MAIL_PORTS:
        raise errors.ImapNotAllowed("Mail is read at port 993 (TLS) or 143 (STARTTLS), or at one above 1023.")


def _told(access: ImapAccess, error: Exception) -> AppError:
    if isinstance(error, AppError):
        return error
    if not isinstance(error, OpenFailed):
        return errors.ImapRefused("Something answers there, but not as a mail server does.")
    if error.problem is OpenProblem.LOGIN:
        return _login_failed(access)
    kind, sentence = _SENTENCES[error.problem]
    return kind(sentence)


def _login_failed(access: ImapAccess) -> AppError:
    preset = preset_of(access.address) or preset_at(access.host)
    if preset is None:
        return errors.ImapLoginFailed(
            "User name or password is wrong. Many providers want a password made for mail programs (app password)."
        )
    if preset.password is Password.OWN:
        return errors.ImapLoginFailed(f"User name or password is wrong. {preset.steps}", hint=preset.steps)
    return errors.ImapLoginFailed(preset.steps, hint=preset.steps, help_url=preset.help_url)


_TOO_LONG = (
    "There was no answer within ten seconds. Check host and port, and whether a firewall is in between."
)
_SENTENCES: dict[OpenProblem, tuple[type[AppError], str]] = {
    OpenProblem.HOST_UNKNOWN: (
        errors.ImapHostUnknown,
        "No server of that name was found. Check the spelling.",
    ),
    OpenProblem.NOT_ALLOWED: (
        errors.ImapNotAllowed,
        "That server stands in a private network. Whoever runs Jobtrail can set ALLOW_PRIVATE_HOSTS=true to allow it.",
    ),
    OpenProblem.REFUSED: (
        errors.ImapRefused,
        "Nothing answers as a mail server there. Check host and port, and whether TLS or STARTTLS is right.",
    ),
    OpenProblem.TIMEOUT: (errors.ImapTimeout, _TOO_LONG),
    OpenProblem.TLS: (
        errors.ImapTlsFailed,
        "An encrypted connection did not come about. Port 993 wants TLS, port 143 STARTTLS.",
    ),
    OpenProblem.CERTIFICATE: (
        errors.ImapTlsFailed,
        "The server's certificate can't be trusted: self-signed, expired, or for another name. Nothing was sent.",
    ),
    OpenProblem.NO_STARTTLS: (
        errors.ImapTlsFailed,
        "This server offers no STARTTLS, so nothing was sent to it. Try TLS at port 993.",
    ),
    OpenProblem.BUSY: (
        errors.ImapBusy,
        "The server takes no more logins right now. Wait a few minutes and try again.",
    ),
}
