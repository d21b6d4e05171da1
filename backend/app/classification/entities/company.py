"""The company that a mail is about: display name, relay's tenant, phrases of the mail, own sender domain."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.classification.entities.company_mining import ACCEPT, Candidate, best_candidate, mine_companies
from app.classification.entities.display_names import display_company, is_address_name, same_slug
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

    def said(name: str) -> int:
        return reading.text.plain.count(name) + reading.subject.plain.count(name)

    if is_address_name(email.sender_name, email.sender_email):
        stated.pop(companies.company_key(email.sender_name), None)
    domain = companies.employer_domain(email.sender_email)
    label = domain.partition(".")[0] if domain else None
    hints = tuple(hint for hint in (facts.tenant, label) if hint)
    if (display := display_company(email, facts, stated, said)) is not None:
        return _spelled(display, stated, reading, hints)
    if facts.tenant is not None:
        return _from_slug(facts.tenant, stated, reading)
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


def _spelled(
    name: str, stated: dict[str, Candidate], reading: Reading, hints: tuple[str, ...]
) -> CompanyFound:
    """The display name, or the fuller name that the mail writes: "Acme" of "Acme Robotics"."""
    key = companies.company_key(name)
    fuller = best_candidate({other: found for other, found in stated.items() if other.startswith(key + " ")})
    if fuller is not None:
        compact = companies.company_key(fuller.name).replace(" ", "")
        by_address = any(re.sub(r"[^a-z0-9]", "", hint) == compact for hint in hints)
        said_more = fuller.score >= 4.0 and (key not in stated or fuller.score > stated[key].score)
        if by_address or said_more:
            return _with_evidence(fuller)
    if key in stated:
        return CompanyFound(name, _with_evidence(stated[key]).evidence)
    return CompanyFound(name, _literal(name, reading))


def _from_slug(slug: str, stated: dict[str, Candidate], reading: Reading) -> CompanyFound:
    """A slug as the mail spells it when it does ("acmerobotics" is "Acme Robotics"), else with capitals."""
    fitting = {key: candidate for key, candidate in stated.items() if same_slug(slug, key)}
    if (best := best_candidate(fitting)) is not None:
        return _with_evidence(best)
    letters = re.sub(r"[^a-z0-9]", "", slug.lower())[:40]
    spelled = re.compile("(?<![^\\W_])" + "[ .&'-]{0,2}".join(letters) + "(?![^\\W_])")
    for part in reading.parts:
        hit = spelled.search(part.lower)
        if hit is not None and part.plain[hit.start()].isupper():
            evidence = part.evidence(hit.start(), hit.end(), "company_name")
            return CompanyFound(part.quote(hit.start(), hit.end()), (evidence,))
    words = [word for word in re.split(r"[-_]+", slug) if word]
    return CompanyFound(
        " ".join(word if any(map(str.isdigit, word)) else word.capitalize() for word in words)
    )


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
