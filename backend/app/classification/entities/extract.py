"""All entities of one mail, with evidence."""

from __future__ import annotations

from app.classification.entities.company import find_company
from app.classification.entities.details import find_job_url, find_location, find_requisition, find_salary
from app.classification.entities.interviews import find_interview
from app.classification.entities.reading import read_mail
from app.classification.entities.title import find_title
from app.classification.segments import Segmented, SegmentKind
from app.classification.values import EmailClass, EmailValue, Entities, Evidence
from app.companies import service as companies


def extract_entities(
    email: EmailValue, segmented: Segmented, email_class: EmailClass
) -> tuple[Entities, tuple[Evidence, ...]]:
    """What the mail states about the job. Deterministic, never raises for any text.

    `segmented` is `email.text` cut into segments. Evidence labels are the field names of `Entities`.
    """
    facts = companies.sender_facts(email.sender_email, email.sender_name)
    reading = read_mail(email, segmented)
    (job_url, url_evidence), slugs = find_job_url(email, reading)
    company = find_company(email, reading, facts, slugs)
    title = find_title(reading, company.name if company else None)
    if (company is None or title is None) and any(s.kind is SegmentKind.QUOTED for s in segmented.segments):
        thread = read_mail(email, segmented, whole=True)
        company = company or find_company(email, thread, facts, slugs)
        title = title or find_title(thread, company.name if company else None)
    location, location_evidence = find_location(
        email_class, reading, title.raw if title else None, title.evidence if title else None
    )
    salary, salary_evidence = find_salary(reading)
    requisition, requisition_evidence = find_requisition(reading)
    interview, interview_evidence = find_interview(email, reading, email_class)
    entities = Entities(
        company_name=company.name if company else None,
        job_title=title.title if title else None,
        position_level=companies.position_level(title.title) if title else None,
        location=location,
        salary_text=salary,
        job_url=job_url,
        requisition_id=requisition,
        interview=interview,
    )
    evidence = (
        *(company.evidence if company else ()),
        *((title.evidence,) if title else ()),
        *location_evidence,
        *salary_evidence,
        *url_evidence,
        *requisition_evidence,
        *interview_evidence,
    )
    return entities, evidence
