"""How one mail of the demo mailbox is written down.

Days count working days before the day of loading: 1 is the last working day before it, so a mail never lies
in the future and never on a weekend. Inside subject and text stand `{first}`, `{name}`, `{email}` for the
owner and date words such as `{long-3}` or `{us+2}` (see `dates`); a plus means working days after that day.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

EmailClassName = Literal[
    "APPLICATION_RECEIVED",
    "INTERVIEW_REQUEST",
    "ASSESSMENT",
    "OFFER",
    "REJECTION",
    "STATUS_UPDATE",
    "RECRUITER_OUTREACH",
    "JOB_ALERT",
    "NOT_JOB_RELATED",
]
StageName = Literal["applied", "assessment", "interview", "offer", "accepted", "rejected", "withdrawn"]
DirectionName = Literal["in", "out"]

RECEIVED: EmailClassName = "APPLICATION_RECEIVED"
INTERVIEW: EmailClassName = "INTERVIEW_REQUEST"
ASSESSMENT: EmailClassName = "ASSESSMENT"
OFFER: EmailClassName = "OFFER"
REJECTION: EmailClassName = "REJECTION"
UPDATE: EmailClassName = "STATUS_UPDATE"
OUTREACH: EmailClassName = "RECRUITER_OUTREACH"
ALERT: EmailClassName = "JOB_ALERT"
OTHER: EmailClassName = "NOT_JOB_RELATED"

ME = "{name} <{email}>"


@dataclass(frozen=True, slots=True)
class App:
    """One application of the demo: its key, and where it should stand when all mail has been read.

    `own_mail_says` is the stage that the owner's own mail declares (accepted, withdrawn), which a machine may
    only suggest.
    """

    key: str
    company: str
    title: str
    stage: StageName
    own_mail_says: StageName | None = None


@dataclass(frozen=True, slots=True)
class Invite:
    """A calendar part. `day` counts working days from the day of loading (minus: before), `time` is local."""

    uid: str
    day: int
    time: str
    minutes: int
    summary: str
    place: str
    zone: Literal["Europe/Berlin", "Europe/London", "America/New_York"] = "Europe/Berlin"
    method: Literal["REQUEST", "CANCEL"] = "REQUEST"
    sequence: int = 0


@dataclass(frozen=True, slots=True)
class Mail:
    """One message. `key` is `group/name`; the group is the application's key, or none of them for other mail.

    `says` is the class of an incoming mail, None for the owner's own. `shape` chooses text, HTML only, or
    both; `look` the HTML's design.
    """

    key: str
    day: int
    time: str
    sender: str
    subject: str
    says: EmailClassName | None
    text: str
    zone: str = "+0000"
    reply_to: str = ""
    quote: Literal["", "gmail", "outlook", "german"] = ""
    shape: Literal["plain", "html", "both"] = "plain"
    look: Literal["letter", "card", "portal", "network", "news"] = "card"
    brand: str = ""
    footer: str = ""
    charset: Literal["utf-8", "iso-8859-1"] = "utf-8"
    transfer: Literal["quoted-printable", "base64", "8bit", "7bit"] = "quoted-printable"
    bulk: bool = False
    invite: Invite | None = None
    attach: tuple[str, ...] = ()

    @property
    def group(self) -> str:
        return self.key.partition("/")[0]

    @property
    def own(self) -> bool:
        return self.sender == ME


@dataclass(frozen=True, slots=True)
class ExpectedMail:
    """What a perfect reader would say about one message; `email_class` is None for the owner's own mail."""

    message_id: str
    direction: DirectionName
    email_class: EmailClassName | None
    application: str | None


@dataclass(frozen=True, slots=True)
class ExpectedApplication:
    """What a perfect reader would know of one application when all mail has been read."""

    key: str
    company: str
    title: str
    stage: StageName
    own_mail_says: StageName | None
