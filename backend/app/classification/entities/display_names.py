"""The company in a sender's display name: "Acme Hiring Team", "Mia Beispiel from Acme", "Acme via Lever"."""

from __future__ import annotations

import re
from collections.abc import Callable

from app.classification.entities.company_checks import FIRM_WORD, LEAD, has_legal_form
from app.classification.entities.company_mining import ACCEPT, Candidate
from app.classification.entities.words import FIRST_NAMES, GENERIC, NOT_COMPANY, is_person_name, is_role_word
from app.classification.values import EmailValue
from app.companies import service as companies

_RELAYED = frozenset({companies.SenderKind.ATS, companies.SenderKind.JOB_BOARD})
_DISPLAY_SPLIT = re.compile(
    r"\s+(?:from|at|of|von|bei|de chez|chez|@)\s+|\s*[|/\u2013\u2014]\s*|\s-\s|\s*\(|,\s"
)
_DISPLAY_TAIL = re.compile(
    r"[\s,|-]+(?i:(?:the )?(?:(?:global|early|university|campus|tech|technical|corporate|candidate"
    r"|internal|us|uk) )*"
    r"(?:hiring|recruiting|recruitment|recruiters?|talent|acquisition|attraction|careers?|jobs?"
    r"|human resources|hr|people|candidate experience"
    r"|no[- ]?reply|do not reply|notifications?|team|staffing|bewerbungsmanagement|bewerbungen"
    r"|bewerbung|karriere|personal"
    r"|personalabteilung|recrutement|engineering|operations|ops|culture|workday|portal|system|updates?"
    r"|support|mailer|admin"
    r"|department|via \w+|university|campus|events?|partner|manager|coordinator|and|&|interviews?"
    r"|scheduling|online|application"
    r"|applications|experience|success|onboarding))$"
)
_BY_PLACE = re.compile(r"\s(?:from|at|of|von|bei|chez|@)\s")
_VIA = re.compile(r"\s+(?:via|through|über|\u00fcber|powered by)\s.*$", re.IGNORECASE)


def display_company(
    email: EmailValue, facts: companies.SenderFacts, stated: dict[str, Candidate], said: Callable[[str], int]
) -> str | None:
    """The company in the sender's display name; a person's or a provider's name is none.

    `said` counts how often the mail writes a name: a person signs once, a company is named again.
    """
    name = _VIA.sub("", " ".join(email.sender_name[:200].split())).strip("\"' ")
    if not name or "@" in name:
        return None
    for piece, named_by_team in _pieces(name):
        key = companies.company_key(piece)
        if not key or not _display_plausible(piece) or companies.is_provider_name(piece):
            continue
        if any(
            (key == other or same_slug(key.replace(" ", ""), other)) and candidate.frames != {"closing line"}
            for other, candidate in stated.items()
        ):
            return piece
        if facts.tenant is not None and same_slug(facts.tenant, key):
            return piece
        if is_person_name(piece) or is_address_name(piece, email.sender_email):
            continue
        if named_by_team:
            return piece
        if facts.kind is companies.SenderKind.OWN_DOMAIN:
            domain = (companies.employer_domain(email.sender_email) or "").split(".")[0]
            if same_slug(domain, key):
                return piece
        stronger = any(candidate.score >= ACCEPT for candidate in stated.values())
        if (
            facts.kind in _RELAYED
            and not stronger
            and not _looks_like_person(piece, signs_the_mail=key in stated and said(piece) < 2)
        ):
            return piece
    return None


def _pieces(name: str) -> list[tuple[str, bool]]:
    """The parts of a display name without team words, likeliest company first; whether it had team words or a
    person or desk beside it."""
    pieces = [piece.strip(" )\"'") for piece in _DISPLAY_SPLIT.split(name) if piece and piece.strip(" )\"'")]
    found: list[tuple[str, bool]] = []
    for piece in reversed(pieces) if _BY_PLACE.search(name) else pieces:
        bare = piece
        for _ in range(5):
            shorter = _DISPLAY_TAIL.sub("", bare)
            if shorter == bare:
                break
            bare = shorter
        bare = LEAD.sub("", bare)
        found.append((bare, bare != piece or len(pieces) > 1))
    return found


def _display_plausible(piece: str) -> bool:
    words = [word.strip(".,'&") for word in piece.lower().split()]
    if not 2 <= len(piece) <= 60 or not words or not any(char.isalpha() for char in piece):
        return False
    if piece.startswith("[") or all(word in NOT_COMPANY or word in GENERIC for word in words):
        return False
    return not (is_role_word(words[-1]) and not has_legal_form(piece))


def is_address_name(piece: str, address: str) -> bool:
    """Whether the name is that of the mailbox's person: "Mia Beispiel" of mia.beispiel@ or mia@."""
    local = address.lower().partition("@")[0]
    words = companies.company_key(piece).split()
    parts = re.split(r"[._-]+", local)
    return 2 <= len(words) <= 4 and (
        (len(parts) > 1 and all(word in parts or word[0] in parts for word in words)) or parts == [words[0]]
    )


def _looks_like_person(piece: str, *, signs_the_mail: bool) -> bool:
    words = piece.split()
    if (
        len(words) not in (2, 3)
        or FIRM_WORD.search(piece)
        or not all(word.isalpha() and word.istitle() for word in words)
    ):
        return False
    return signs_the_mail or words[0].lower() in FIRST_NAMES


def same_slug(slug: str, key: str) -> bool:
    """Whether a slug ("acme-robotics", "acme") and a company key mean the same name, by prefix from four
    letters on."""
    slug, compact = re.sub(r"[^a-z0-9]", "", slug.lower()), key.replace(" ", "")
    if not slug or not compact:
        return False
    return slug == compact or (
        min(len(slug), len(compact)) >= 4 and (compact.startswith(slug) or slug.startswith(compact))
    )
