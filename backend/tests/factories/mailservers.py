"""What stands in a mail server of the tests, and how its messages are called here."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.core.clock import now
from app.mail.imap.access import ImapAccess, Security
from app.mail.imap.ids import folder_key, mark_of
from tests.factories.mails import make_mail
from tests.fakes.imap import FakeImap
from tests.fakes.imap_mailbox import ImapAccount, ImapMessage

READ = ("INBOX", "Archive", "Sent", "Bewerbungen/Für später")
NOT_READ = ("Drafts", "Junk", "Trash")


def make_dated(number: int, at: datetime, text: str = "") -> bytes:
    """A mail of its own, dated like that; every other subject is of job mail."""
    return make_mail(
        text or f"Guten Tag, dies ist Nachricht {number}.",
        subject=f"Grüße {number}" if number % 2 else f"Your application {number}",
        message_id=f"<{number}@larkspur.example>",
        date=at.strftime("%a, %d %b %Y %H:%M:%S +0000"),
    )


def fill(mailbox: ImapAccount, each: int = 5) -> None:
    """Mails of the last days in every folder, all different; some were read, some not."""
    mailbox.create("Bewerbungen/Für später")
    for place, folder in enumerate((*READ, *NOT_READ)):
        for number in range(each):
            at = now().replace(microsecond=0) - timedelta(days=number, hours=place)
            flags = ["\\Seen"] if number % 3 else []
            mailbox.add(make_dated(100 * place + number, at), folder, at=at, flags=flags)


def access_of(server: FakeImap) -> ImapAccess:
    """How the server's only mailbox is opened."""
    account = server.account()
    security = {"none": Security.NONE, "starttls": Security.STARTTLS, "implicit": Security.TLS}[server.tls]
    return ImapAccess(account.user, "127.0.0.1", server.port, security, account.user, account.password)


def id_at(server: FakeImap, folder: str, uid: int) -> str:
    """What Jobtrail calls a message of the server."""
    account = server.account()
    found = account.folders[folder]
    return f"{mark_of('127.0.0.1', account.user)}/{folder_key(folder)}/{found.uidvalidity}/{uid}"


def contents(server: FakeImap, folders: tuple[str, ...] = READ) -> dict[str, tuple[str, ImapMessage]]:
    """(folder, message) of what should be stored, by Jobtrail's id."""
    return {
        id_at(server, name, message.uid): (name, message)
        for name in folders
        for message in server.account().folders[name].messages.values()
        if "\\Deleted" not in message.flags
    }
