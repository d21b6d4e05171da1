"""Links in job mail: which job a URL names, its canonical form, and what a link is for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal
from urllib.parse import SplitResult, parse_qs, parse_qsl, quote, unquote, urlencode, urlsplit

from app.companies.job_shapes import QUERY_SHAPES, SHAPES
from app.companies.sender_tables import ASSESSMENT_HOSTS, ESIGNATURE_HOSTS, SCHEDULING_HOSTS

LinkKind = Literal["scheduling", "assessment", "esignature", "job"]


@dataclass(frozen=True, slots=True)
class JobReference:
    """One job at one applicant tracking system or board. `tenant` is the employer's slug there, None where
    the address has none (LinkedIn, Indeed); `job_id` is the system's own id."""

    ats: str
    tenant: str | None
    job_id: str


_MAX_URL = 2048
_TRACKING = re.compile(
    r"^(?:utm_.*|gh_src|lever-(?:source|origin|via).*|source|src|ref|referrer|fbclid|gclid|msclkid"
    r"|trk.*|trackingid|refid"
    r"|lipi|midtoken|midsig|eid|mc_[ce]id|_hs.*|hs.*|mkt_tok|cmpid|campaign.*|origin.*|tag|from|iis"
    r"|iisn|jobboardsource"
    r"|ss_source|bid|tm_.*|rx_.*|codes|share.*|locale|lang|language|in_iframe|hashed|mobile"
    r"|needsredirect|p|sid"
    r"|jobpipeline|applicant.*|candidate.*|token|email|key|sig|signature|auth.*|otp)$",
    re.IGNORECASE,
)
_GENERIC_PATH = re.compile(
    r"/(?:jobs?|careers?|karriere|carrieres?|positions?|openings?|vacanc(?:y|ies)|postings?"
    r"|stellen(?:angebote?|anzeigen?)?|offres?"
    r"|opportunit(?:y|ies)|job-?details?|roles?|requisitions?)/(?:[^?#]{0,200}/)?(?:[^/?#]{0,200}\d{3,}"
    r"|[\w%]+(?:[-_][\w%]+){2,})",
    re.IGNORECASE,
)
_GENERIC_QUERY = re.compile(
    r"^(?:job_?id|jobid|req_?id|requisition_?id|vacancy_?id|position_?id|posting_?id|jid|job)$", re.IGNORECASE
)
_NOT_JOB_PATH = re.compile(
    r"/(?:unsubscribe|alerts?|settings|preferences|privacy|login|signin|account|search|blog|news|faq"
    r"|help|talent-?community"
    r"|recommended|collections|notifications)(?:[/?.]|$)",
    re.IGNORECASE,
)
_NOT_JOB_HOST = re.compile(
    r"(?:^|\.)(?:click|clicks|track|tracking|links?|email|mail|cts|go|t|url\d*|trk|list-manage|sendgrid"
    r"|mandrillapp|sparkpost\w*"
    r"|glassdoor|youtube|facebook|twitter|instagram|medium|wikipedia|google)\."
)
_WRAPPERS = (
    (re.compile(r"\.safelinks\.protection\.outlook\.com$"), "url"),
    (re.compile(r"^(?:www\.)?google\.[a-z.]{2,6}$"), "q"),
)


@lru_cache(maxsize=4096)
def job_reference(url: str) -> JobReference | None:
    """The job that a URL names at a known ATS or board, matched on the parsed host, never on a substring."""
    found = _recognise(url)
    return found[0] if found else None


@lru_cache(maxsize=4096)
def canonical_job_url(url: str) -> str | None:
    """One spelling per job page, fit as an identifier: https, no tracking, no language, no `/apply`.

    None for what isn't the page of one job: home pages, searches, alerts, click trackers, broken URLs.
    """
    found = _recognise(url)
    if found:
        return found[1]
    parts = _split(url)
    if parts is None:
        return None
    host, path = _host(parts), re.sub(r"/+$", "", parts.path)
    path = re.sub(r"/(?:apply|application|thanks|confirmation)$", "", path, flags=re.IGNORECASE)
    if _NOT_JOB_HOST.search(host) or _NOT_JOB_PATH.search(parts.path + "/"):
        return None
    kept = sorted((name, value) for name, value in _query(parts) if not _TRACKING.match(name))
    named = [pair for pair in kept if _GENERIC_QUERY.match(pair[0]) and any(map(str.isdigit, pair[1]))]
    if not named and not _GENERIC_PATH.search(path):
        return None
    query = urlencode(named or [])
    return f"https://{host}{path}" + (f"?{query}" if query else "")


@lru_cache(maxsize=4096)
def link_kind(url: str) -> LinkKind | None:
    """What a link in a mail is for: to book a time, take a test, sign, or see a job; else None."""
    parts = _split(url)
    if parts is None:
        return None
    host, path = _host(parts), parts.path.lower()
    if _on(host, path, SCHEDULING_HOSTS):
        return "scheduling"
    if _on(host, path, ESIGNATURE_HOSTS):
        return "esignature"
    if _on(host, path, ASSESSMENT_HOSTS):
        return "assessment"
    return "job" if canonical_job_url(url) else None


def _on(host: str, path: str, table: frozenset[str]) -> bool:
    labels = host.split(".")
    first_folders = path.strip("/").split("/")
    for start in range(len(labels) - 1):
        suffix = ".".join(labels[start:])
        if suffix in table:
            return True
        for depth in range(1, min(len(first_folders), 4) + 1):
            if f"{suffix}/{'/'.join(first_folders[:depth])}" in table:
                return True
    return False


def _recognise(url: str) -> tuple[JobReference, str] | None:
    parts = _split(url)
    if parts is None:
        return None
    host, path = _host(parts), parts.path
    for ats, host_re, path_re, form in SHAPES:
        at_host = host_re.search(host)
        at_path = path_re.search(path) if at_host else None
        if at_host and at_path:
            return _reference(ats, form, {**at_host.groupdict(), **at_path.groupdict(), "host": host})
    query = {name.lower(): value for name, value in reversed(_query(parts))}
    for ats, host_re, path_re, name, form in QUERY_SHAPES:
        value = query.get(name, "")
        at_host = host_re.search(host) if value else None
        if at_host and path_re.search(path) and re.fullmatch(r"[\w-]{2,64}", value):
            tenant = at_host.groupdict().get("tenant") or query.get("for") or query.get("company")
            # A company's own page is as good an address as any; the path is kept without its language.
            parts_of = {
                **at_host.groupdict(),
                "tenant": tenant,
                "id": value,
                "host": host,
                "path": re.sub(r"/+$", "", path),
            }
            return _reference(ats, form, parts_of)
    return None


def _reference(ats: str, form: str, parts: dict[str, str | None]) -> tuple[JobReference, str]:
    tenant = parts.get("tenant")
    tenant = unquote(tenant).lower() if tenant else None
    job_id = parts["id"] or ""
    job_id = (
        job_id.upper()
        if ats == "workable"
        else job_id.lower()
        if "-" in job_id and ats != "workday"
        else job_id
    )
    filled = {name: value or "" for name, value in parts.items()} | {
        "tenant": quote(tenant or ""),
        "id": job_id,
    }
    return JobReference(ats, tenant, job_id), form.format(**filled)


def _split(url: str) -> SplitResult | None:
    """The parsed URL, out of a mail client's wrapper; None when it isn't an http(s) address."""
    if not 8 <= len(url) <= _MAX_URL or not url[:8].lower().startswith(("http://", "https://")):
        return None
    try:
        parts = urlsplit(url.strip())
        host = _host(parts)
        for wrapper, name in _WRAPPERS:
            if wrapper.search(host):
                inner = parse_qs(parts.query).get(name, [""])[0]
                if inner.lower().startswith(("http://", "https://")):
                    parts = urlsplit(inner[:_MAX_URL])
                    host = _host(parts)
        valid = "." in host and re.fullmatch(r"[a-z0-9.-]+", host) is not None and parts.port is not None
    except ValueError:
        return None
    return parts if valid or (host and "." in host and re.fullmatch(r"[a-z0-9.-]+", host)) else None


def _host(parts: SplitResult) -> str:
    return (parts.hostname or "").lower().rstrip(".").removeprefix("www.")


def _query(parts: SplitResult) -> list[tuple[str, str]]:
    try:
        return parse_qsl(parts.query, max_num_fields=60)
    except ValueError:
        return []
