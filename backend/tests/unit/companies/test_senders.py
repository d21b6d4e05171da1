"""Who a sender is."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.companies.senders import registrable_domain
from app.companies.service import SenderKind, employer_domain, is_provider_name, sender_facts


@pytest.mark.parametrize(
    ("address", "kind", "relay", "tenant"),
    [
        ("acme@myworkday.com", "ats", "workday", "acme"),
        ("noreply@myworkday.com", "ats", "workday", None),
        ("acmehealth+autoreply@talent.icims.com", "ats", "icims", "acmehealth"),
        ("no-reply@acme-robotics.teamtailor-mail.com", "ats", "teamtailor", "acme-robotics"),
        ("mia@acme.avature.net", "ats", "avature", "acme"),
        ("no-reply@us.greenhouse-mail.io", "ats", "greenhouse", None),
        ("no-reply@hire.lever.co", "ats", "lever", None),
        ("notification@smartrecruiters.com", "ats", "smartrecruiters", None),
        ("Acme@SmartRecruiters.com", "ats", "smartrecruiters", "acme"),
        ("noreply@candidates.workablemail.com", "ats", "workable", None),
        ("jobs-noreply@linkedin.com", "job_board", "linkedin", None),
        ("indeedapply@indeed.com", "job_board", "indeed", None),
        ("jobalerts-noreply@linkedin.com", "alert", "linkedin", None),
        ("alert@indeed.com", "alert", "indeed", None),
        ("job-alerts@stepstone.de", "alert", "stepstone", None),
        ("x@jobalerts.jobvite.com", "alert", "jobvite", None),
        ("mia@hays.de", "recruiter", None, None),
        ("rob@northpole-recruiting.com", "recruiter", None, None),
        ("mia.muster@gmail.com", "freemail", None, None),
        ("careers@acme.com", "own_domain", None, None),
        ("no-reply@gh-mail.acme.com", "own_domain", None, None),
        ("noreply@calendly.com", "unknown", "calendly", None),
        ("calendar-notification@google.com", "unknown", "google calendar", None),
        ("hr@acme.example", "unknown", None, None),
        ("hr@acme.invalid", "unknown", None, None),
        ("hr@localhost", "unknown", None, None),
        ("", "unknown", None, None),
        ("not an address", "unknown", None, None),
    ],
)
def test_sender_facts(address: str, kind: str, relay: str | None, tenant: str | None) -> None:
    facts = sender_facts(address, "")
    assert (facts.kind.value, facts.relay, facts.tenant) == (kind, relay, tenant)


def test_a_domain_that_only_ends_like_a_relay_is_no_relay() -> None:
    assert sender_facts("x@notgreenhouse.io", "").kind is SenderKind.OWN_DOMAIN
    assert sender_facts("x@greenhouse.io.acme.com", "").kind is SenderKind.OWN_DOMAIN


def test_an_agency_is_known_by_name_and_domain_together() -> None:
    assert sender_facts("rob@talentforge.com", "Rob, Talentforge Staffing").kind is SenderKind.RECRUITER
    assert sender_facts("rob@acme.com", "Acme Recruiting").kind is SenderKind.OWN_DOMAIN


@pytest.mark.parametrize(
    ("address", "domain"),
    [
        ("hr@mail.acme.co.uk", "acme.co.uk"),
        ("hr@acme.com", "acme.com"),
        ("acme@myworkday.com", None),
        ("mia@gmail.com", None),
        ("alert@indeed.com", None),
        ("hr@acme.example", None),
        ("mia@hays.de", None),
        ("noreply@calendly.com", None),
        ("broken", None),
    ],
)
def test_employer_domain(address: str, domain: str | None) -> None:
    assert employer_domain(address) == domain


@pytest.mark.parametrize(
    "name", ["Greenhouse", "Workday", "LinkedIn Jobs", "Indeed Apply", "SmartRecruiters", "HackerRank"]
)
def test_provider_names(name: str) -> None:
    assert is_provider_name(name)


@pytest.mark.parametrize("name", ["Acme", "Join Logistics", "Gem Robotics", ""])
def test_other_names_are_no_providers(name: str) -> None:
    assert not is_provider_name(name)


@given(st.text(max_size=80), st.text(max_size=40))
def test_never_raises(address: str, name: str) -> None:
    assert sender_facts(address, name).kind in set(SenderKind)
    employer_domain(address)


def test_the_suffix_list_is_read_from_the_package_only(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Nothing may be written, and the sockets of unit tests are closed: a fetch would fail loudly."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    registrable_domain.cache_clear()
    assert registrable_domain("www.acme.co.uk") == "acme.co.uk"
    assert list(tmp_path.iterdir()) == []
    assert "tldextract" in sys.modules
