"""Links: which job they name, their canonical form, and what they are for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.companies.service import JobReference, canonical_job_url, job_reference, link_kind

UUID = "0a1b2c3d-0000-4000-8000-0123456789ab"


@pytest.mark.parametrize(
    ("url", "ats", "tenant", "job_id"),
    [
        ("https://boards.greenhouse.io/acme/jobs/4455667?gh_src=abc", "greenhouse", "acme", "4455667"),
        ("https://job-boards.eu.greenhouse.io/acme/jobs/12", "greenhouse", "acme", "12"),
        ("https://boards.greenhouse.io/embed/job_app?for=acme&token=99887", "greenhouse", "acme", "99887"),
        ("https://www.acme.com/careers/opening?gh_jid=4455667&utm_source=x", "greenhouse", None, "4455667"),
        (f"https://jobs.lever.co/acme/{UUID}/apply?lever-source=LinkedIn", "lever", "acme", UUID),
        (f"https://jobs.eu.lever.co/acme/{UUID}", "lever", "acme", UUID),
        (f"https://jobs.ashbyhq.com/Acme%20Robotics/{UUID}/application", "ashby", "acme robotics", UUID),
        (
            "https://acme.wd5.myworkdayjobs.com/en-US/External/job/Berlin/Data-Engineer_R-1234",
            "workday",
            "acme",
            "R-1234",
        ),
        (
            "https://wd3.myworkdaysite.com/recruiting/acme/Site/job/Data-Engineer_JR10443",
            "workday",
            "acme",
            "JR10443",
        ),
        (
            "https://jobs.smartrecruiters.com/AcmeInc/743999912345678-data-engineer",
            "smartrecruiters",
            "acmeinc",
            "743999912345678",
        ),
        ("https://apply.workable.com/acme/j/AB12CD34EF/apply/", "workable", "acme", "AB12CD34EF"),
        ("https://apply.workable.com/j/AB12CD34EF", "workable", None, "AB12CD34EF"),
        ("https://acme.recruitee.com/o/data-engineer-berlin", "recruitee", "acme", "data-engineer-berlin"),
        ("https://acme.jobs.personio.de/job/123456?language=de", "personio", "acme", "123456"),
        ("https://acme.teamtailor.com/jobs/123456-data-engineer", "teamtailor", "acme", "123456"),
        ("https://acme.bamboohr.com/careers/42", "bamboohr", "acme", "42"),
        ("https://careers-acme.icims.com/jobs/8214/data-engineer/job?mode=view", "icims", "acme", "8214"),
        (
            "https://eabc.fa.em2.oraclecloud.com/hcmUI/CandidateExperience/en/sites/CX_1/job/300012",
            "oracle",
            "eabc",
            "300012",
        ),
        ("https://acme.taleo.net/careersection/2/jobdetail.ftl?job=190003X", "taleo", "acme", "190003X"),
        ("https://acme.applytojob.com/apply/aB3dE5fG7h/Data-Engineer", "jazzhr", "acme", "aB3dE5fG7h"),
        ("https://acme.breezy.hr/p/0123456789ab-data-engineer/apply", "breezy", "acme", "0123456789ab"),
        (f"https://ats.rippling.com/en-GB/acme/jobs/{UUID}", "rippling", "acme", UUID),
        ("https://jobs.jobvite.com/acme/job/oAbCdEfGh", "jobvite", "acme", "oAbCdEfGh"),
        ("https://www.linkedin.com/comm/jobs/view/3456789012/?trackingId=x", "linkedin", None, "3456789012"),
        (
            "https://www.linkedin.com/jobs/view/data-engineer-at-acme-3456789012",
            "linkedin",
            None,
            "3456789012",
        ),
        ("https://www.linkedin.com/jobs/search/?currentJobId=3456789012", "linkedin", None, "3456789012"),
        ("https://de.indeed.com/viewjob?jk=abcdef0123456789&from=mail", "indeed", None, "abcdef0123456789"),
    ],
)
def test_job_references(url: str, ats: str, tenant: str | None, job_id: str) -> None:
    assert job_reference(url) == JobReference(ats, tenant, job_id)
    canonical = canonical_job_url(url)
    assert canonical is not None
    assert canonical_job_url(canonical) == canonical
    assert link_kind(url) == "job"


@pytest.mark.parametrize(
    "url",
    [
        f"https://notjobs.lever.co/acme/{UUID}",
        f"https://jobs.lever.co.evil.com/acme/{UUID}",
        f"https://acme.com/?next=https://jobs.lever.co/acme/{UUID}",
        "https://jobs.lever.co/acme",
        "https://boards.greenhouse.io/acme",
        "ftp://boards.greenhouse.io/acme/jobs/1",
        "https://[::1/jobs/1",
        "not a url",
        "",
    ],
)
def test_only_the_parsed_host_and_path_count(url: str) -> None:
    assert job_reference(url) is None


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        (
            "https://www.acme.com/careers/senior-data-engineer-berlin/?utm_source=x#apply",
            "https://acme.com/careers/senior-data-engineer-berlin",
        ),
        ("http://acme.com/jobs/12345/apply", "https://acme.com/jobs/12345"),
        ("https://acme.com/openings/detail?jobId=8812&ref=li", "https://acme.com/openings/detail?jobId=8812"),
        (
            "https://nam02.safelinks.protection.outlook.com/?url=https%3A%2F%2Facme.com%2Fjobs%2F12345&data=x",
            "https://acme.com/jobs/12345",
        ),
        ("https://acme.com/careers", None),
        ("https://acme.com/", None),
        ("https://acme.com/jobs/search?q=data", None),
        ("https://click.mailer.acme.com/jobs/123456", None),
        ("https://acme.com/unsubscribe/jobs/12345", None),
        ("https://acme.com/blog/jobs/12345", None),
    ],
)
def test_canonical_urls_of_company_pages(url: str, canonical: str | None) -> None:
    assert canonical_job_url(url) == canonical


def test_tracking_and_apply_pages_share_one_identity() -> None:
    plain = canonical_job_url("https://boards.greenhouse.io/acme/jobs/4455667")
    assert plain == canonical_job_url("https://job-boards.greenhouse.io/Acme/jobs/4455667?gh_src=li#app")


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://calendly.com/mia/30min", "scheduling"),
        ("https://www.hire.goodtime.io/x", "scheduling"),
        ("https://calendar.google.com/calendar/appointments/schedules/abc", "scheduling"),
        ("https://calendar.google.com/calendar/event?eid=abc", None),
        ("https://app.codility.com/test/ABC", "assessment"),
        ("https://www.hackerrank.com/tests/abc", "assessment"),
        ("https://na3.docusign.net/Signing/x", "esignature"),
        ("https://acme.com/jobs/12345", "job"),
        ("https://acme.com/about", None),
        ("javascript:alert(1)", None),
        ("", None),
    ],
)
def test_link_kinds(url: str, kind: str | None) -> None:
    assert link_kind(url) == kind


@given(st.text(max_size=200))
def test_never_raises(text: str) -> None:
    for url in (text, "https://" + text, "https://jobs.lever.co/" + text):
        job_reference(url)
        link_kind(url)
        canonical = canonical_job_url(url)
        assert canonical is None or canonical.startswith("https://")
