"""The company that a mail is about: display name, relay's tenant, phrases of the mail, own sender domain."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.classification.entities.company_mining import ACCEPT, Candidate, best_candidate, mine_companies
from app.classification.entities.display_names import display_company, same_slug
from app.classification.entities.reading import Reading
from app.classification.values import EmailValue, Evidence
from app.companies import service as companies


@dataclass(frozen=True, slots=True)
class CompanyFound:
    """The name as written, and where (no evidence when only the sender says so)."""

    name: str
    evidence: tuple[Evidence, ...] = ()


def find_company(
    email: EmailValue, reading: Reading, facts: companies.SenderFacts, slugs: tuple[str, ...]
) -> CompanyFound | None:
    """The company or None. `slugs` are the employers' names in the mail's job links."""
    stated = mine_companies(reading, facts)
    if (display := display_company(email, facts, stated)) is not None:
        return _spelled(display, stated, reading)
    if facts.tenant is not None:
        return _from_slug(facts.tenant, stated, reading)
    domain = companies.employer_domain(email.sender_email)
    label = domain.split(".")[0] if domain else None
    for hint, weight in [(label, 2.0), *((slug, 2.0) for slug in slugs)]:
        for key, candidate in stated.items():
            if hint and same_slug(hint, key):
                candidate.score += weight
    best = best_candidate(stated)
    if best is not None and best.score >= ACCEPT:
        return _with_evidence(best)
    if len(slugs) == 1:
        return _from_slug(slugs[0], stated, reading)
    if label and len(label) > 2 and facts.kind is companies.SenderKind.OWN_DOMAIN:
        return _from_slug(label, stated, reading)
    return None


def _spelled(name: str, stated: dict[str, Candidate], reading: Reading) -> CompanyFound:
    key = companies.company_key(name)
    fuller = best_candidate({other: found for other, found in stated.items() if other.startswith(key + " ")})
    if fuller is not None and fuller.score >= 4.0 and (key not in stated or fuller.score > stated[key].score):
        return _with_evidence(fuller)
    candidate = stated.get(key)
    if candidate is not None:
        return CompanyFound(name, _with_evidence(candidate).evidence)
    return CompanyFound(name, _literal(name, reading))


def _from_slug(slug: str, stated: dict[str, Candidate], reading: Reading) -> CompanyFound:
    """A slug as the mail spells it when it does ("acmerobotics" is "Acme Robotics"), else with capitals."""
    fitting = {key: candidate for key, candidate in stated.items() if same_slug(slug, key)}
    if (best := best_candidate(fitting)) is not None:
        return _with_evidence(best)
    name = " ".join(
        word if any(map(str.isdigit, word)) else word.capitalize()
        for word in re.split(r"[-_]+", slug)
        if word
    )
    for part in reading.parts:
        at = part.lower.find(name.lower())
        if at >= 0 and part.plain[at : at + 1].isupper():
            return CompanyFound(
                part.quote(at, at + len(name)), (part.evidence(at, at + len(name), "company_name"),)
            )
    return CompanyFound(name)


def _literal(name: str, reading: Reading) -> tuple[Evidence, ...]:
    for part in reading.parts:
        at = part.plain.find(name)
        if at >= 0:
            return (part.evidence(at, at + len(name), "company_name"),)
    return ()


def _with_evidence(candidate: Candidate) -> CompanyFound:
    return CompanyFound(
        candidate.name, (candidate.part.evidence(candidate.start, candidate.end, "company_name"),)
    )
