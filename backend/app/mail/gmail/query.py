"""Gmail searches for job mail, as several short queries: senders, words, and the rest of the window.

Gmail finds whole words, not their parts ("Bewerbungsgespräch" is not found by "Bewerbung"), ignores case and
accents, and reads dates as Pacific time; moments are therefore given in epoch seconds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.companies.service import job_alert_addresses, job_mail_domains
from app.mail.sources import Search, Tier, Window

_NOT_MAIL = "-in:spam -in:trash -in:drafts -in:chats"
_SENDERS_PER_QUERY = 40

_ASSESSMENT_AND_CALENDAR = [
    "calendly.com",
    "goodtime.io",
    "modernloop.io",
    "hackerrank.com",
    "hackerrankforwork.com",
    "codesignal.com",
    "codility.com",
    "testgorilla.com",
    "hirevue.com",
    "sparkhire.com",
    "coderbyte.com",
    "coderpad.io",
    "shl.com",
    "karat.io",
    "byteboard.dev",
    "criteriacorp.com",
]

# Words that stand in subjects of job mail and seldom elsewhere.
_SUBJECTS: tuple[tuple[str, ...], ...] = (
    (
        "application",
        "applying",
        "applied",
        "candidacy",
        "candidate",
        "interview",
        "interviewing",
        "interviews",
        "recruiter",
        "recruiting",
        "recruitment",
        "hiring",
        "assessment",
        "coding challenge",
        "take home",
        "phone screen",
        "offer letter",
        "job offer",
        "employment",
        "position",
        "vacancy",
        "requisition",
        "job opportunity",
        "career opportunity",
        "your resume",
        "your cv",
        "background check",
        "onboarding",
    ),
    (
        "Bewerbung",
        "Ihre Bewerbung",
        "Bewerbungen",
        "Bewerbungseingang",
        "Bewerbungsunterlagen",
        "Bewerbungsgespräch",
        "Bewerbungsstatus",
        "Vorstellungsgespräch",
        "Kennenlerngespräch",
        "Kennenlernen",
        "Jobangebot",
        "Stellenangebot",
        "Vertragsangebot",
        "Arbeitsvertrag",
        "Absage",
        "Stelle",
        "Eignungstest",
        "Einladung zum Gespräch",
    ),
    (
        "candidature",
        "candidatures",
        "entretien",
        "embauche",
        "recrutement",
        "recruteur",
        "promesse d'embauche",
        "offre d'emploi",
        "votre profil",
        "contrat de travail",
        "poste",
        "test technique",
        "votre CV",
    ),
)

# Phrases of the body, for mails whose subject says nothing.
_PHRASES: tuple[tuple[str, ...], ...] = (
    (
        "thank you for applying",
        "thanks for applying",
        "thank you for your application",
        "your application for",
        "your application to",
        "your application with",
        "received your application",
        "reviewed your application",
        "thank you for your interest in joining",
        "your interest in the position",
        "your interest in the role",
        "move forward with other candidates",
        "other candidates",
        "not to move forward",
        "not be moving forward",
        "position has been filled",
        "regret to inform you",
    ),
    (
        "invite you to interview",
        "invite you to an interview",
        "schedule an interview",
        "schedule a call with",
        "your interview",
        "next round",
        "hiring manager",
        "hiring team",
        "talent acquisition",
        "coding challenge",
        "technical assessment",
        "online assessment",
        "pleased to offer you",
        "offer of employment",
        "start date",
        "came across your profile",
        "your background",
        "open role",
    ),
    (
        "Ihre Bewerbung",
        "Ihrer Bewerbung",
        "deine Bewerbung",
        "deiner Bewerbung",
        "Ihre Bewerbungsunterlagen",
        "Ihr Interesse an",
        "dein Interesse an",
        "Vorstellungsgespräch",
        "Bewerbungsgespräch",
        "Bewerbungsprozess",
        "Bewerbungsverfahren",
        "für andere Kandidaten",
        "anderen Bewerbern",
        "Wir bedauern",
        "Personalabteilung",
    ),
    (
        "votre candidature",
        "ta candidature",
        "vous avez postulé",
        "tu as postulé",
        "entretien téléphonique",
        "un entretien",
        "pas donner suite",
        "pas retenu",
        "pas été retenue",
        "processus de recrutement",
        "équipe recrutement",
        "votre intérêt pour",
    ),
)


def build_queries(search: Search) -> tuple[str, ...]:
    """The values of `q` that together find what `search` asks for; a message may be found by several. Spam,
    trash, drafts and chats never are."""
    tail = " ".join(part for part in (_window(search.window), _NOT_MAIL) if part)
    if search.tier is Tier.REST:
        return (tail,)
    heads = _senders(search.senders) if search.tier is Tier.SENDERS else _terms()
    return tuple(f"{head} {tail}" for head in heads)


def build_window(window: Window) -> str:
    """The value of `q` for everything in the window; empty when both sides are open."""
    return _window(window)


def _senders(more: Sequence[str]) -> Iterator[str]:
    """Digests of the same boards stay out: they are many, and never a candidacy."""
    alerts = f"-from:({_any(job_alert_addresses())})"
    names = list(dict.fromkeys([*more, *job_mail_domains(), *_ASSESSMENT_AND_CALENDAR]))
    for start in range(0, len(names), _SENDERS_PER_QUERY):
        yield f"from:({_any(names[start : start + _SENDERS_PER_QUERY])}) {alerts}"


def _terms() -> Iterator[str]:
    for words in _SUBJECTS:
        yield f"subject:({_any(words)})"
    for phrases in _PHRASES:
        yield f"({_any(phrases)})"


def _any(terms: Sequence[str]) -> str:
    return " OR ".join(f'"{cleaned}"' if " " in (cleaned := _clean(term)) else cleaned for term in terms)


def _clean(term: str) -> str:
    """A term without what Gmail would read as an operator."""
    return "".join(" " if char in '"(){}' else char for char in term).strip().lstrip("-")


def _window(window: Window) -> str:
    """Whether Gmail counts the second that is named is not documented: a second more on either side."""
    parts = []
    if window.after is not None:
        parts.append(f"after:{int(window.after.timestamp()) - 1}")
    if window.before is not None:
        parts.append(f"before:{int(window.before.timestamp()) + 1}")
    return " ".join(parts)
