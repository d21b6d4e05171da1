"""Where well-known providers keep mail, by the domain of the address, and which password they want.

Sources: the providers' own help pages on IMAP settings and app passwords, as of 2026.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from app.mail.imap.access import Security, is_loopback


class Password(StrEnum):
    """Which password a mail program needs: one made for it, or the everyday one."""

    APP = "app"
    OWN = "own"
    NONE = "none"  # passwords are not accepted at all


@dataclass(frozen=True, slots=True)
class Preset:
    """`steps` says in a sentence or two what to do first; `help_url` is where that is done."""

    name: str
    host: str
    password: Password
    steps: str
    help_url: str = ""
    port: int = 993
    security: Security = Security.TLS


_GMAIL = Preset(
    "Gmail",
    "imap.gmail.com",
    Password.APP,
    "Gmail takes an app password: turn on 2-Step Verification, make a password for Jobtrail and enter its 16 letters.",
    "https://myaccount.google.com/apppasswords",
)
_ICLOUD = Preset(
    "iCloud Mail",
    "imap.mail.me.com",
    Password.APP,
    "iCloud takes an app-specific password: make one under Sign-In and Security of your Apple Account.",
    "https://account.apple.com/account/manage",
)
_FASTMAIL = Preset(
    "Fastmail",
    "imap.fastmail.com",
    Password.APP,
    "Fastmail takes an app password: make one under Settings, Privacy & Security, with access to Mail (IMAP).",
    "https://app.fastmail.com/settings/security",
)
_YAHOO_STEPS = "takes an app password: make one under Account Security, Generate app password."
_YAHOO = Preset(
    "Yahoo Mail",
    "imap.mail.yahoo.com",
    Password.APP,
    f"Yahoo {_YAHOO_STEPS}",
    "https://login.yahoo.com/account/security",
)
_AOL = Preset(
    "AOL Mail",
    "imap.aol.com",
    Password.APP,
    f"AOL {_YAHOO_STEPS}",
    "https://login.aol.com/account/security",
)
_OUTLOOK = Preset(
    "Outlook.com",
    "outlook.office365.com",
    Password.NONE,
    "Microsoft no longer lets mail programs sign in with a password, so Outlook.com and Microsoft 365 can't be read"
    " by IMAP here. Forward your job mail to another mailbox, or export it and import the file.",
    "https://support.microsoft.com/",
)
_PROTON = Preset(
    "Proton Mail",
    "127.0.0.1",
    Password.APP,
    "Proton needs its Bridge running on the machine of Jobtrail: enter the user and the password that the Bridge"
    " shows, and make its certificate known as docs/connecting-imap.md tells.",
    "https://proton.me/mail/bridge",
    1143,
    Security.STARTTLS,
)
_UNITED = "First allow mail programs: in the settings of your mailbox turn on POP3 and IMAP."
_TWO_FACTOR = " With two-factor sign-in, make an app password there as well."


def _own(name: str, host: str, steps: str = "Your everyday password works.") -> Preset:
    return Preset(name, host, Password.OWN, steps)


_DOMAINS = {
    "gmail.com googlemail.com": _GMAIL,
    "icloud.com me.com mac.com": _ICLOUD,
    "fastmail.com fastmail.fm fastmail.de fastmail.us sent.com messagingengine.com": _FASTMAIL,
    "yahoo.com yahoo.de yahoo.fr yahoo.co.uk yahoo.es yahoo.it ymail.com rocketmail.com": _YAHOO,
    "aol.com aol.de aim.com": _AOL,
    "outlook.com outlook.de outlook.fr hotmail.com hotmail.de hotmail.fr hotmail.co.uk live.com live.de msn.com"
    " onmicrosoft.com": _OUTLOOK,
    "proton.me protonmail.com pm.me": _PROTON,
    "gmx.de gmx.net gmx.at gmx.ch": _own("GMX", "imap.gmx.net", _UNITED + _TWO_FACTOR),
    "gmx.com": _own("GMX", "imap.gmx.com", _UNITED + _TWO_FACTOR),
    "web.de": _own("WEB.DE", "imap.web.de", _UNITED + _TWO_FACTOR),
    "mail.com": _own("mail.com", "imap.mail.com", _UNITED + _TWO_FACTOR),
    "posteo.de posteo.net posteo.org": _own("Posteo", "posteo.de"),
    "mailbox.org": _own(
        "mailbox.org",
        "imap.mailbox.org",
        "Your everyday password works; with two-factor sign-in, make an application password first.",
    ),
    "t-online.de magenta.de": _own(
        "Telekom",
        "secureimap.t-online.de",
        "Telekom has a password of its own for mail programs: set one in the customer centre.",
    ),
    "freenet.de": _own("freenet", "mx.freenet.de", "First allow IMAP in the settings of your mailbox."),
    "zoho.com zohomail.com": _own(
        "Zoho Mail", "imap.zoho.com", "First turn on IMAP under Settings, Mail Accounts."
    ),
    "zoho.eu zohomail.eu": _own(
        "Zoho Mail", "imap.zoho.eu", "First turn on IMAP under Settings, Mail Accounts."
    ),
    "orange.fr wanadoo.fr": _own("Orange", "imap.orange.fr"),
    "free.fr": _own("Free", "imap.free.fr"),
    "laposte.net": _own("La Poste", "imap.laposte.net"),
    "sfr.fr": _own("SFR", "imap.sfr.fr"),
}
_BY_DOMAIN = {domain: preset for domains, preset in _DOMAINS.items() for domain in domains.split()}


def preset_of(address: str) -> Preset | None:
    """What is known about the provider of an address; None for domains of one's own."""
    return _BY_DOMAIN.get(address.rpartition("@")[2].strip().lower().rstrip("."))


def preset_at(host: str) -> Preset | None:
    """The provider behind a host name: with a domain of one's own the address does not tell. This machine is
    nobody's, whatever bridges may run on it."""
    name = host.strip().lower().rstrip(".")
    if is_loopback(name):
        return None
    return next((preset for preset in _all() if preset.host == name), None)


def _all() -> Iterator[Preset]:
    yield from dict.fromkeys(_DOMAINS.values())
