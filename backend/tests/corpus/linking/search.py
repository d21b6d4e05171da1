"""Three hundred applications and their mail, made up, each with a kind of difficulty and the truth.

`build()` is the same every time. All people, companies and addresses are invented; mail of application systems comes
from those systems' real domains, because that is how it is recognised.
"""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime, formataddr
from pathlib import Path

from tests.corpus.linking.names import TITLES, Company, companies

FIRST_DAY = datetime(2025, 1, 6, 8, tzinfo=UTC)
ME = ("Robin Sample", "robin.sample@mailbox.example")
PEOPLE = ("Jo Placeholder", "Kim Specimen", "Sam Muster", "Toni Dummy", "Alex Exemplar", "Chris Stand-In")
RELAYS = (
    "no-reply@us.greenhouse-mail.io",
    "no-reply@hire.lever.co",
    "no-reply@ashbyhq.com",
    "notifications@smartrecruiters.com",
    "noreply@candidates.workablemail.com",
)
Phrase = tuple[str, str]


@dataclass(frozen=True, slots=True)
class LabelledMail:
    """One message and what is true of it: its application (None: of none), what happens in it, and whether a
    reader could tell the application at all (an undecidable mail is only wrong in another application)."""

    number: int
    raw: bytes
    at: datetime
    own: bool
    application: str | None
    kind: str
    decidable: bool = True


@dataclass(slots=True)
class Search:
    """The whole made-up search; `aliases` are company names that the person has taught (name -> company)."""

    mails: list[LabelledMail] = field(default_factory=list)
    aliases: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Story:
    """One application on its way: who writes, from when on, and what was sent already."""

    key: str
    kind: str
    company: Company
    title: str
    at: datetime
    person: str
    relay: str
    sent: list[str] = field(default_factory=list)
    subjects: list[str] = field(default_factory=list)
    ref: str = ""


@dataclass(slots=True)
class Writer:
    search: Search
    chance: random.Random
    phrases: dict[str, dict[str, list[list[str]]]]
    pool: Iterator[Company]
    number: int = 0
    stories: int = 0

    def story(self, kind: str, company: Company, title: str, day: float) -> Story:
        self.stories += 1
        key = f"{kind}-{self.stories}"
        at = FIRST_DAY + timedelta(days=day)
        relay = RELAYS[self.stories % len(RELAYS)]
        return Story(key, kind, company, title, at, self.chance.choice(PEOPLE), relay)

    def titles(self, count: int) -> list[str]:
        return self.chance.sample(TITLES, count)

    def day(self) -> float:
        return self.chance.random() * 420

    def send(
        self,
        story: Story,
        what: str,
        form: str,
        *,
        days: float = 0.0,
        via: str = "relay",
        company: str | None = None,
        title: str | None = None,
        reply: bool = False,
        answers: str | None = None,
        decidable: bool = True,
    ) -> None:
        """One incoming mail `days` after the last; `via` is relay, own, or person; `reply` refers to all before
        by header, `answers` only by this subject."""
        story.at += timedelta(days=days, minutes=self.chance.randint(1, 600))
        subject, text = self.chance.choice(self.phrases[what][form])[:2]
        name = company or story.company.name
        host = story.company.domain
        local = story.person.lower().replace(" ", ".").replace("-", "")
        sender = {
            "relay": (f"{name} Hiring Team", story.relay),
            "own": (f"{name} Recruiting", f"careers@{host}"),
            "person": (story.person, f"{local}@{host}"),
            "calendar": (story.person, "notifications@calendly.com"),
            "desk": (story.person, f"{local}@scheduling-desk.example"),
            "system": ("Recruiting", story.relay),
        }[via]
        words = {
            "company": name,
            "title": title or story.title,
            "person": story.person,
            "team": f"The {name} team",
            "ref": f"\n{story.ref}\n" if story.ref else "",
        }
        subject, text = subject.format(**words), text.format(**words)
        if reply and story.subjects:
            subject = f"Re: {story.subjects[-1].removeprefix('Re: ')}"
        if answers is not None:
            subject = answers
        self._put(story, sender, ME, subject, text, reply, decidable, own=False)

    def answer(self, story: Story, *, days: float = 0.5, reply: bool = True) -> None:
        """The person's own answer to the last mail."""
        story.at += timedelta(days=days)
        text = self.chance.choice(self.phrases["own"]["bare"])[1]
        local = story.person.lower().replace(" ", ".").replace("-", "")
        to = (story.person, f"{local}@{story.company.domain}")
        subject = f"Re: {story.subjects[-1].removeprefix('Re: ')}"
        self._put(story, ME, to, subject, text, reply, True, own=True)

    def noise(self, day: float) -> None:
        subject, text, address, name = self.chance.choice(self.phrases["noise"]["mails"])
        title = self.chance.choice(TITLES)
        at = FIRST_DAY + timedelta(days=day)
        raw = self._write((name, address), ME, subject.format(title=title), text.format(title=title), at, ())
        self.search.mails.append(LabelledMail(self.number, raw, at, False, None, "other mail"))

    def _put(
        self,
        story: Story,
        sender: tuple[str, str],
        to: tuple[str, str],
        subject: str,
        text: str,
        reply: bool,
        decidable: bool,
        own: bool,
    ) -> None:
        raw = self._write(sender, to, subject, text, story.at, story.sent if reply else ())
        story.sent.append(f"<{self.number}@mail.jobtrail.example>")
        story.subjects.append(subject)
        mail = LabelledMail(self.number, raw, story.at, own, story.key, story.kind, decidable)
        self.search.mails.append(mail)

    def _write(
        self,
        sender: tuple[str, str],
        to: tuple[str, str],
        subject: str,
        text: str,
        at: datetime,
        before: list[str] | tuple[str, ...],
    ) -> bytes:
        self.number += 1
        message = EmailMessage()
        message["From"], message["To"] = formataddr(sender), formataddr(to)
        message["Subject"], message["Date"] = subject, format_datetime(at)
        message["Message-ID"] = f"<{self.number}@mail.jobtrail.example>"
        if before:
            message["In-Reply-To"], message["References"] = before[-1], " ".join(before)
        message.set_content(text)
        return message.as_bytes()


def build(part: int = 1) -> Search:
    """The search, its mails in order of time: 300 applications, 1,200 mails. With `part` 4 every kind is told a
    quarter as often, at least once."""
    from tests.corpus.linking import stories

    phrases = tomllib.loads((Path(__file__).parent / "phrases.toml").read_text("utf-8"))
    search, chance = Search(), random.Random(20_251)
    writer = Writer(search, chance, phrases, companies(chance))
    for tell, times in stories.STORIES:
        for _ in range(max(1, times // part)):
            tell(writer)
    while len(search.mails) < 1_200 // part:
        writer.noise(writer.day())
    search.mails.sort(key=lambda mail: (mail.at, mail.number))
    return search
