"""A mailbox of any size: job searches with their stories, between ordinary mail. Everyone in it is
invented."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from email.header import Header
from email.utils import formatdate

from tests.fakes.google_mailbox import Mailbox

_DAY = 86_400
_SPAN_DAYS = 120
_JOB_SHARE = 0.35


_COMPANIES = [
    "Fernwood Analytics",
    "Copper Lantern",
    "Blue Heron Robotics",
    "Quillstone",
    "Nimbus Orchard",
    "Tidewater Labs",
    "Papercrane",
    "Granite Finch",
    "Solstice Freight",
    "Marigold Health",
    "Ironleaf",
    "Saltmarsh Games",
    "Juniper & Vale",
    "Otterbank",
    "Kestrel Mobility",
    "Brightwater Energy",
    "Lindenhof Software",
    "Nordlicht Maschinen",
    "Atelier Brume",
    "Voltine",
    "Polarfuchs Logistik",
    "Hazelcrest",
    "Mosswood Bank",
    "Tallgrass Media",
    "Cinderbox",
    "Halcyon Maps",
    "Redbrick Insurance",
    "Dovetail Foods",
    "Sablewing",
    "Amberline",
]
_TITLES = [
    "Backend Engineer",
    "Data Analyst",
    "Product Designer",
    "Site Reliability Engineer",
    "QA Engineer",
    "Technical Writer",
    "Account Manager",
    "Frontend Developer",
    "Machine Learning Engineer",
    "Operations Coordinator",
    "Support Specialist",
    "Controller",
]
_PEOPLE = [
    "Robin Placeholder",
    "Sam Invented",
    "Kim Nobody",
    "Alex Testwell",
    "Dana Fictional",
    "Jo Madeup",
    "Pat Samplesson",
    "Chris Dummer",
]
_RELAYS = (
    ("no-reply@us.greenhouse-mail.io", "{company}"),
    ("no-reply@hire.lever.co", "{company}"),
    ("notifications@smartrecruiters.com", "{company} Hiring Team"),
    ("no-reply@ashbyhq.com", "{company} Hiring Team"),
    ("careers@{slug}.example", "{company} Careers"),
    ("{first}@{slug}.example", "{person}"),
)

# The mails of applications: name, days after the one before, subject; then the text.
_JOB_MAILS = """
received | 0 | Thank you for applying to {company}
Hi Ana,

Thank you for applying for the {title} position at {company}. We have received your application and
our team will review it. If your profile fits, we will get in touch.

Best regards,
{company} Recruiting
%%
assessment | 5 | Your assessment for {title} at {company}
Hello Ana,

As the next step we would like you to complete a technical assessment for the {title} role. It takes
about 60 minutes. Please finish it within 5 days.

The {company} team
%%
interview | 6 | Interview for {title} at {company}
Hi Ana,

We enjoyed reading your application and would like to invite you to an interview for the {title}
position. Could you tell us when you are available next week?

Kind regards,
{person}
Talent Acquisition
%%
rejection | 9 | Update on your application to {company}
Dear Ana,

Thank you for your interest in the {title} role at {company}. After careful consideration we have
decided to move forward with other candidates. We wish you all the best.

{company}
%%
offer | 8 | Your offer from {company}
Dear Ana,

We are pleased to offer you the position of {title} at {company}. Please find the details of your
offer below and let us know your decision by Friday.

Warm regards,
{person}
%%
german | 0 | Ihre Bewerbung als {title}
Guten Tag Ana Testperson,

vielen Dank für Ihre Bewerbung als {title} bei {company}. Wir prüfen Ihre Unterlagen und melden uns
in Kürze.

Mit freundlichen Grüßen
{person}
%%
german_no | 12 | Ihre Bewerbung als {title}
Guten Tag Ana Testperson,

leider müssen wir Ihnen mitteilen, dass wir uns für andere Bewerber entschieden haben. Wir bedauern,
Ihnen keine bessere Nachricht geben zu können.

Mit freundlichen Grüßen
{person}
%%
french | 0 | Votre candidature au poste de {title}
Bonjour Ana,

Nous avons bien reçu votre candidature au poste de {title} chez {company}. Notre équipe recrutement
reviendra vers vous.

Cordialement,
{person}
"""
_STORIES = (
    ("received",),
    ("received",),
    ("received", "rejection"),
    ("received", "rejection"),
    ("received", "interview"),
    ("received", "interview", "rejection"),
    ("received", "assessment", "interview", "offer"),
    ("german", "german_no"),
    ("french",),
)

# Ordinary mail: sender, labels, subject; then the text.
_OTHER_MAILS = """
Larkspur Books <hello@larkspur-books.example> | INBOX CATEGORY_UPDATES | Order {number} has shipped
Good news: your parcel with order {number} is on its way and should arrive in two days.
%%
The Pebble Weekly <letter@pebbleweekly.example> | INBOX CATEGORY_PROMOTIONS | Issue {number}: rain and rivers
This week we walk along the old canal, read three short books and bake a plum cake.
%%
{person} <{first}@friends.example> | INBOX | Saturday?
Hey Ana, are you coming on Saturday? {first} brings the salad, I bring the dog. See you at {number}.
%%
Wagtail Bank <service@wagtailbank.example> | INBOX CATEGORY_UPDATES | Your statement is ready
Your monthly statement for the account ending in {number} is ready in online banking.
%%
Thistle Telecom <bill@thistle-telecom.example> | INBOX | Your bill: {number},00
Thank you for being with us. The amount will be debited on the first of the month.
%%
Hopscotch Gym <news@hopscotchgym.example> | INBOX CATEGORY_PROMOTIONS | 20% off yoga until Sunday
Bring a friend and save. Unsubscribe at any time with the link below.
%%
Code Nest <notifications@codenest.example> | INBOX CATEGORY_UPDATES | [codenest/teapot] Build {number} passed
All checks have passed on branch main. View the run in your dashboard.
"""


@dataclass(frozen=True)
class _Draft:
    at: float
    sender: str
    subject: str
    text: str
    labels: tuple[str, ...]
    message_id: str
    answers: str = ""


@dataclass(frozen=True)
class _Template:
    """`first` and `second` are what stands before the subject."""

    first: str
    second: str
    subject: str
    text: str


def _read_templates(block: str) -> list[_Template]:
    found = []
    for part in block.strip().split("\n%%\n"):
        head, _, text = part.partition("\n")
        first, second, subject = head.split(" | ")
        found.append(_Template(first, second, subject, text))
    return found


_STEPS = {template.first: template for template in _read_templates(_JOB_MAILS)}
_ORDINARY = _read_templates(_OTHER_MAILS)


def generate_mailbox(
    n: int, seed: int = 1, address: str = "ana.testperson@example.com", *, until: float | None = None
) -> Mailbox:
    """A mailbox of exactly `n` mails of the four months before `until` (epoch seconds, default now); the same
    arguments give the same mails."""
    dice = random.Random(seed)
    end = time.time() if until is None else until
    drafts: list[_Draft] = []
    while len(drafts) < int(n * _JOB_SHARE):
        drafts.extend(_application(dice, len(drafts), end))
    drafts = drafts[: int(n * _JOB_SHARE)]
    drafts.extend(_noise(dice, number, end) for number in range(n - len(drafts)))
    drafts.sort(key=lambda draft: draft.at)
    box = Mailbox(address)
    for draft in drafts:
        box.add(_render(draft, address), draft.labels, at=draft.at)
    return box


def add_conversations(box: Mailbox, count: int, *, until: float | None = None) -> list[str]:
    """So many conversations of 2 to 7 mails of the last months, each answering the one before; their ids."""
    end = time.time() if until is None else until
    made = []
    for number in range(count):
        slug, last = f"talk{number}.example", ""
        for step in range(2 + number % 6):
            draft = _Draft(
                at=end - (number % _SPAN_DAYS) * _DAY - (10 - step) * 600,
                sender=f"Robin Placeholder <robin@{slug}>",
                subject=f"{'Re: ' if step else ''}Walk number {number}",
                text=f"Shall we take the canal or the hill? This is message {step} about walk {number}.",
                labels=("INBOX",),
                message_id=f"<{number}.{step}@{slug}>",
                answers=last,
            )
            made.append(box.add(_render(draft, box.address), draft.labels, at=draft.at))
            last = draft.message_id
    return made


def _application(dice: random.Random, number: int, end: float) -> Iterator[_Draft]:
    company, title, person = dice.choice(_COMPANIES), dice.choice(_TITLES), dice.choice(_PEOPLE)
    slug = "".join(c for c in company.lower() if c.isalnum())
    names = {
        "company": company,
        "title": title,
        "person": person,
        "slug": slug,
        "first": person.split()[0].lower(),
    }
    address, display = dice.choice(_RELAYS)
    sender = f'"{display.format(**names)}" <{address.format(**names)}>'
    at = end - dice.uniform(0.05, 1) * _SPAN_DAYS * _DAY
    last = ""
    for step, name in enumerate(dice.choice(_STORIES)):
        mail = _STEPS[name]
        at += float(mail.second) * dice.uniform(0.6, 1.4) * _DAY
        if at > end:
            return
        message_id = f"<app{number}.{step}.{dice.getrandbits(48):x}@{slug}.example>"
        subject, text = mail.subject.format(**names), mail.text.format(**names)
        yield _Draft(at, sender, subject, text, ("INBOX",), message_id, last)
        last = message_id if dice.random() < 0.5 else ""


def _noise(dice: random.Random, number: int, end: float) -> _Draft:
    mail = dice.choice(_ORDINARY)
    person = dice.choice(_PEOPLE)
    names = {"person": person, "first": person.split()[0].lower(), "number": 1000 + number}
    return _Draft(
        at=end - dice.random() * _SPAN_DAYS * _DAY,
        sender=mail.first.format(**names),
        subject=mail.subject.format(**names),
        text=mail.text.format(**names),
        labels=tuple(mail.second.split()),
        message_id=f"<n{number}.{dice.getrandbits(48):x}@ordinary.example>",
    )


def _render(draft: _Draft, address: str) -> bytes:
    heads = [
        f"From: {draft.sender}",
        f"To: Ana Testperson <{address}>",
        f"Subject: {draft.subject if draft.subject.isascii() else Header(draft.subject, 'utf-8').encode()}",
        f"Date: {formatdate(draft.at)}",
        f"Message-ID: {draft.message_id}",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
    ]
    if draft.answers:
        heads.append(f"In-Reply-To: {draft.answers}")
    text = draft.text.replace("\n", "\r\n")
    return ("\r\n".join(heads) + "\r\n\r\n" + text + "\r\n").encode()
