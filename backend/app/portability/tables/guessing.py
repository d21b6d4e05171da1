"""What the headings and words of other people's tables mean. Pure; a person can say otherwise."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Literal, get_args

from app.applications.models import Source, Stage
from app.companies import service as companies

Target = Literal[
    "company_name", "job_title", "stage", "applied_at", "stage_at", "saved_at", "assessment_at", "interview_at",
    "offer_at", "rejected_at", "location", "salary_text", "job_url", "source", "requisition_id", "tags", "notes",
    "contact_name", "contact_email",
]  # fmt: skip
TARGETS: tuple[Target, ...] = get_args(Target)
SEVERAL: frozenset[Target] = frozenset({"notes", "tags"})  # what more than one column may go to
DATES: tuple[Target, ...] = (
    "saved_at", "applied_at", "assessment_at", "interview_at", "offer_at", "rejected_at", "stage_at",
)  # fmt: skip
_HEADINGS: dict[Target, str] = {
    "company_name": """
        company, company name, companyname, employer, organization, organisation, company organization, hiring
        company, firma, firmenname, name der firma, unternehmen, unternehmensname, arbeitgeber, betrieb,
        dienstgeber
    """,
    "job_title": """
        job title, jobtitle, title, position, position title, role, role title, job, job name, job position, job
        role, stelle, stellenbezeichnung, stellentitel, jobtitel, jobbezeichnung, beruf, berufsbezeichnung,
        taetigkeit, bezeichnung, funktion
    """,
    "stage": """
        status, stage, state, application status, current status, job status, list, list name, board list,
        pipeline, pipeline stage, phase, result, outcome, progress, stand, bewerbungsstatus, aktueller status,
        ergebnis, resultat, rueckmeldung
    """,
    "applied_at": """
        applied, applied at, applied on, applied date, date applied, application date, date of application,
        apply date, date submitted, submitted, submitted at, submission date, sent, date sent, date, beworben,
        beworben am, bewerbungsdatum, datum, datum der bewerbung, bewerbung am, bewerbung vom, gesendet am,
        abgeschickt am, versendet am
    """,
    "stage_at": """
        last activity, last activity date, last updated, last update, updated, updated at, updated on, modified,
        last modified, status date, stage date, status changed, date of status, last contact, last contacted,
        response date, date of response, letzte aktivitaet, letzte aenderung, letzter kontakt, aktualisiert,
        aktualisiert am, status vom, antwort am, antwort vom, rueckmeldung am
    """,
    "saved_at": """
        created, created at, created on, date created, creation date, added, added at, added on, date added,
        saved, saved at, saved on, date saved, bookmarked at, first seen, found on, date found, hinzugefuegt,
        hinzugefuegt am, erstellt, erstellt am, angelegt am, gespeichert, gespeichert am, gefunden am
    """,
    "assessment_at": "assessment, assessment date, test, test date, einstellungstest, test am",
    "interview_at": """
        interview, interview date, interviewed, interviewed on, interview on, first interview, date of
        interview, interview datum, interview am, vorstellungsgespraech, vorstellungsgespraech am, gespraech,
        gespraech am
    """,
    "offer_at": "offer, offer date, offered on, date of offer, offer received, angebot, angebot am, zusage, zusage am",
    "rejected_at": "rejected, rejected at, rejected on, rejection date, date rejected, absage, absage am, abgelehnt am",
    "location": """
        location, job location, city, place, office, office location, region, ort, arbeitsort, standort, stadt,
        einsatzort
    """,
    "salary_text": """
        salary, salary range, expected salary, salary expectation, pay, pay range, compensation, wage, gehalt,
        gehaltsvorstellung, gehaltsspanne, lohn, verdienst
    """,
    "job_url": """
        url, link, job url, job link, job post, job post url, job posting, job posting url, posting, posting
        url, listing url, listing, application url, application link, posting link, href, stellenanzeige,
        anzeige, link zur anzeige, link zur stelle, inserat
    """,
    "source": """
        source, job source, application source, where found, found via, found on site, platform, site, job
        board, board, channel, referral source, quelle, plattform, portal, jobportal, jobboerse, kanal, gefunden
        ueber, gefunden bei, how applied, bewerbungsweg
    """,
    "requisition_id": """
        requisition, requisition id, req id, job id, job number, job reference, reference, reference number,
        ref, referenz, referenznummer, kennziffer, kennzahl, stellennummer, job nr, auftragsnummer
    """,
    "tags": "tags, tag, labels, label, keywords, stichworte, stichwoerter, schlagworte, schlagwoerter",
    "notes": """
        notes, note, comments, comment, remarks, remark, my notes, personal notes, next steps, next step, notiz,
        notizen, bemerkung, bemerkungen, kommentar, kommentare, anmerkung, anmerkungen, naechste schritte
    """,
    "contact_name": """
        contact, contact name, contact person, contacts, recruiter, recruiter name, hiring manager,
        ansprechpartner, ansprechpartnerin, ansprechperson, kontakt, kontaktperson
    """,
    "contact_email": """
        contact email, email, e mail, email address, mail, recruiter email, contact mail, kontakt email, kontakt
        e mail, mailadresse, e mail adresse
    """,
}
_STAGES: dict[Stage, str] = {
    Stage.SAVED: """
        saved, save, wishlist, wish list, bookmarked, bookmark, interested, to apply, not applied, not yet
        applied, not started, todo, to do, backlog, draft, lead, prospect, idea, researching, applying,
        preparing, in preparation, gemerkt, merkliste, vorgemerkt, gespeichert, geplant, entwurf, in
        vorbereitung, interessant, zu bewerben, noch nicht beworben
    """,
    Stage.APPLIED: """
        applied, application sent, application submitted, submitted, sent, pending, waiting, awaiting response,
        awaiting reply, no response, no answer, no reply, ghosted, in review, under review, under consideration,
        in process, received, application received, viewed, application viewed, beworben, bewerbung gesendet,
        bewerbung verschickt, abgeschickt, verschickt, versendet, versandt, gesendet, eingereicht, eingegangen,
        in pruefung, wartet, wartend, warten, ausstehend, keine antwort, keine rueckmeldung, noch keine antwort,
        laufend
    """,
    Stage.ASSESSMENT: """
        assessment, online assessment, oa, test, coding test, coding challenge, challenge, take home, take home
        test, homework, case study, aptitude test, assessment center, einstellungstest, eignungstest, aufgabe,
        fallstudie, probearbeit, probearbeiten
    """,
    Stage.INTERVIEW: """
        interview, interviews, interviewing, interviewed, interview scheduled, interview stage, interview
        invitation, screen, screening, phone screen, phone screening, phone interview, phone call, recruiter
        screen, recruiter call, hr screen, hr interview, intro call, first interview, 1st interview, second
        interview, 2nd interview, third interview, 3rd interview, final interview, final round, onsite, on site,
        on site interview, technical interview, technical screen, panel interview, vorstellungsgespraech,
        gespraech, erstgespraech, zweitgespraech, telefoninterview, telefonat, eingeladen, einladung, einladung
        erhalten, interview geplant, bewerbungsgespraech, kennenlerngespraech
    """,
    Stage.OFFER: """
        offer, offers, offered, offer received, offer extended, got offer, job offer, negotiating, negotiation,
        in negotiation, angebot, angebot erhalten, zusage, zusage erhalten, in verhandlung, vertrag erhalten
    """,
    Stage.ACCEPTED: """
        accepted, offer accepted, accepted offer, hired, signed, joined, i accepted, angenommen, angebot
        angenommen, eingestellt, unterschrieben, zugesagt
    """,
    Stage.REJECTED: """
        rejected, reject, rejection, refused, turned down, not selected, not successful, unsuccessful, no longer
        considered, no longer under consideration, not moving forward, position filled, job closed, rejected by
        company, denied, absage, absage erhalten, abgelehnt, nicht erfolgreich, stelle besetzt, abgesagt
    """,
    Stage.WITHDRAWN: """
        withdrawn, withdrew, withdraw, i withdrew, offer declined, declined offer, offer rejected, i declined,
        not interested, cancelled, canceled, abandoned, dropped, zurueckgezogen, bewerbung zurueckgezogen,
        selbst abgesagt, angebot abgelehnt, nicht interessiert, storniert
    """,
}
_SOURCES: dict[Source, str] = {
    Source.REFERRAL: """
        referral, referred, employee referral, friend, network, contact, personal contact, empfehlung, kontakt,
        bekannte, netzwerk, freund, mitarbeiterempfehlung
    """,
    Source.LINKEDIN: "linkedin, linked in, linkedin com, linkedin easy apply, linkedin jobs",
    Source.INDEED: "indeed, indeed com, indeed de, indeed at, indeed co uk",
    Source.COMPANY_SITE: """
        company site, company website, company page, company career page, career site, careers page, career
        page, careers site, website, direct, direct application, company, cold application, homepage,
        firmenwebsite, firmenhomepage, unternehmensseite, karriereseite, karriereportal, initiativ,
        initiativbewerbung, direktbewerbung
    """,
    Source.AGENCY: """
        agency, recruiter, recruiting agency, staffing agency, headhunter, recruitment agency, agentur,
        personalvermittlung, personalvermittler, personaldienstleister, zeitarbeit, personalberatung
    """,
    Source.BOARD: """
        board, job board, job portal, glassdoor, stepstone, xing, monster, ziprecruiter, handshake, wellfound,
        angellist, dice, otta, welcome to the jungle, simplyhired, karriere at, jobs at, hokify, ams,
        arbeitsagentur, agentur fuer arbeit, jobboerse, stellenboerse, jobportal, stellenportal, kleinanzeigen,
        google jobs, builtin, hacker news
    """,
}
_BRACKETS = re.compile(r"[(\[{].*?[)\]}]")
_WEB = re.compile(r"https?://\S+", re.IGNORECASE)


def plain(text: str) -> str:
    """Lower case, without accents, signs and what stands in brackets; words with one space between."""
    folded = companies.fold(_BRACKETS.sub(" ", text))
    spaced = re.sub(r"[^\w]|_", " ", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", folded))
    return " ".join(spaced.split())


def guess_columns(headings: Sequence[str], samples: Sequence[Sequence[str]]) -> list[Target | None]:
    """What each column holds, by its heading; where no heading says which is the link, by what stands in it.

    The first column that fits gets it; only notes and tags may come from several.
    """
    found: list[Target | None] = []
    taken: set[Target] = set()
    for heading in headings:
        words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", heading)
        target = _by_heading().get(plain(words)) or _by_heading().get(plain(heading))
        if target is not None and target in taken and target not in SEVERAL:
            target = None
        if target is not None:
            taken.add(target)
        found.append(target)
    if "job_url" not in taken:
        for n, target in enumerate(found):
            cells = [cell for cell in samples[n] if cell]
            if target is None and cells and all(_WEB.fullmatch(cell) for cell in cells):
                found[n] = "job_url"
                break
    return found


def guess_stage(word: str) -> Stage | None:
    """The stage that a tracker's word means; None when it may mean several."""
    return _by_stage().get(plain(word))


def guess_source(word: str) -> Source:
    """Where the application came from; `other` for words that we don't know."""
    text = plain(word)
    if not text:
        return Source.UNKNOWN
    if text in set(Source):
        return Source(text)
    return _by_source().get(text.removeprefix("www "), Source.OTHER)


@cache
def _by_heading() -> dict[str, Target]:
    return {
        " ".join(word.split()): target for target, words in _HEADINGS.items() for word in words.split(",")
    }


@cache
def _by_stage() -> dict[str, Stage]:
    return {" ".join(word.split()): stage for stage, words in _STAGES.items() for word in words.split(",")}


@cache
def _by_source() -> dict[str, Source]:
    return {" ".join(word.split()): source for source, words in _SOURCES.items() for word in words.split(",")}
