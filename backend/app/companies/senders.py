"""Who a sender is: a relay, an alert, a board, a recruiter, a person's mailbox, or a company's own domain."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from app.companies.name_keys import company_key
from app.companies.sender_tables import (
    ALERT_ADDRESSES,
    ALERT_DOMAINS,
    ATS_DOMAINS,
    FREEMAIL_DOMAINS,
    JOB_BOARD_DOMAINS,
    PROVIDER_NAMES,
    RECRUITER_DOMAINS,
    TOOL_ADDRESSES,
    TOOL_DOMAINS,
)
from app.companies.tables import word_set

if TYPE_CHECKING:
    from tldextract import TLDExtract


class SenderKind(StrEnum):
    """What kind of sender wrote; the values are what the word says."""

    ATS = "ats"
    ALERT = "alert"
    JOB_BOARD = "job_board"
    RECRUITER = "recruiter"
    FREEMAIL = "freemail"
    OWN_DOMAIN = "own_domain"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class SenderFacts:
    """`relay` names the system that carried the mail ("greenhouse", "linkedin", "calendly"), None for
    people's own domains. `tenant` is the employer's slug when the relay's address carries it ("acme" of
    acme@myworkday.com)."""

    kind: SenderKind
    relay: str | None = None
    tenant: str | None = None


_ADDRESS = re.compile(r"^[^\s@<>]{1,128}@([a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?)$")
_NOT_TENANT = word_set(
    """
    noreply no-reply no_reply donotreply do-not-reply do_not_reply notification notifications notify
    mail mailer info support help hello system admin jobs careers career recruiting recruitment talent
    hr candidate candidates application applications apply autoreply auto-reply bounce bounces
    postmaster otp hire us eu uk ca au www app apps email e post service services alert alerts team
    workday my myworkday hello-noreply inbound outbound messages message msg reply replies ats mg m em
    smtp jobalerts tracking
    """
)
_TENANT_TAIL = re.compile(
    r"[._+-](?:no[._-]?reply|do[._-]?not[._-]?reply|auto[._-]?reply|notifications?|careers?"
    r"|jobs?|hr|recruiting)$"
)
_TENANT_HEAD = re.compile(r"^(?:careers?|jobs?|hr|recruiting|talent)[._-]")
_LOCAL_TENANT = frozenset(
    {"workday", "smartrecruiters", "icims", "successfactors", "taleo", "jobvite", "oracle", "brassring"}
)
_SUBDOMAIN_TENANT = frozenset(
    {
        "teamtailor",
        "avature",
        "breezy",
        "personio",
        "recruitee",
        "bamboohr",
        "jazzhr",
        "pinpoint",
        "taleo",
        "eightfold",
        "greenhouse",
        "softgarden",
        "rexx",
        "umantis",
        "onlyfy",
        "comeet",
        "freshteam",
        "phenom",
    }
)
_ALERT_LOCAL = re.compile(
    r"^(?:job[._-]?alerts?|job[._-]?agent|jobs?[._-]?digest|alerts?|jobs[._-]?listings"
    r"|job[._-]?match(?:es)?|recommendations?"
    r"|jobsuggestions?|newjobs|jobfinder|suchagent|jobletter|jobmail)(?:[._+-].*)?$"
)
_ALERT_HOST = re.compile(r"(?:^|[.-])(?:job-?alerts?|jobagent)(?:[.-]|$)")
_RECRUITER_WORDS = re.compile(
    r"\b(?:staffing|recruit(?:ing|ment|ers?)|headhunt\w*|executive search|personnel"
    r"|personalberatung|talent solutions)\b"
)
_RECRUITER_LABEL = re.compile(r"recruit|staff|headhunt|personal|talent")
_RESERVED = frozenset({"example", "invalid", "test", "localhost", "local", "internal", "lan", "corp", "home"})


@lru_cache(maxsize=8192)
def sender_facts(sender_email: str, sender_name: str) -> SenderFacts:
    """What the sender's address (and display name) say. Never raises; an unreadable address is `unknown`."""
    address = sender_email.strip().lower()
    found = _ADDRESS.match(address)
    if found is None:
        return SenderFacts(SenderKind.UNKNOWN)
    host, local = found.group(1), address.split("@", 1)[0]
    return _relay_facts(address, local, host) or _own_facts(host, sender_name)


def _relay_facts(address: str, local: str, host: str) -> SenderFacts | None:
    """The facts of mail that a system sends for somebody else; None for any other sender."""
    if address in ALERT_ADDRESSES:
        return SenderFacts(SenderKind.ALERT, ALERT_ADDRESSES[address])
    if address in TOOL_ADDRESSES:
        return SenderFacts(SenderKind.UNKNOWN, TOOL_ADDRESSES[address])
    if (alert := _lookup(host, ALERT_DOMAINS)) is not None:
        return SenderFacts(SenderKind.ALERT, alert[1])
    ats, board = _lookup(host, ATS_DOMAINS), _lookup(host, JOB_BOARD_DOMAINS)
    if ats or board:
        relay = (ats or board or ("", ""))[1]
        if _ALERT_LOCAL.match(local) or _ALERT_HOST.search(host):
            return SenderFacts(SenderKind.ALERT, relay)
        if ats:
            return SenderFacts(SenderKind.ATS, relay, _tenant(local, host, ats))
        return SenderFacts(SenderKind.JOB_BOARD, relay)
    if (tool := _lookup(host, TOOL_DOMAINS)) is not None:
        return SenderFacts(SenderKind.UNKNOWN, tool[1])
    return None


def _own_facts(host: str, sender_name: str) -> SenderFacts:
    if host in FREEMAIL_DOMAINS:
        return SenderFacts(SenderKind.FREEMAIL)
    domain = registrable_domain(host)
    if domain is None:
        return SenderFacts(SenderKind.UNKNOWN)
    label = domain.partition(".")[0]
    agency = label.endswith(("staffing", "recruiting", "recruitment")) or (
        _RECRUITER_LABEL.search(label) and _RECRUITER_WORDS.search(sender_name.lower())
    )
    if domain in RECRUITER_DOMAINS or agency:
        return SenderFacts(SenderKind.RECRUITER)
    return SenderFacts(SenderKind.OWN_DOMAIN)


def employer_domain(sender_email: str) -> str | None:
    """The registrable domain of a sender who writes from the employer's own domain ("mail.acme.co.uk" is
    "acme.co.uk"); None for relays, boards, alerts, agencies, freemail, reserved and unknown suffixes."""
    if sender_facts(sender_email, "").kind is not SenderKind.OWN_DOMAIN:
        return None
    return registrable_domain(sender_email.strip().lower().rpartition("@")[2])


@lru_cache(maxsize=8192)
def registrable_domain(host: str) -> str | None:
    """The domain that somebody registered, by the public suffix list that ships with tldextract; None without
    one."""
    host = host.strip().strip(".").lower()
    if not host or "." not in host or host.rpartition(".")[2] in _RESERVED:
        return None
    parts = _extractor()(host)
    return f"{parts.domain}.{parts.suffix}" if parts.domain and parts.suffix else None


def job_mail_domains() -> tuple[str, ...]:
    """Domains that carry candidates' mail for others (applicant tracking systems, boards, agencies), the most
    common first. Mail from them is worth reading before any other."""
    return (*ATS_DOMAINS, *JOB_BOARD_DOMAINS, *sorted(RECRUITER_DOMAINS))


def job_alert_addresses() -> tuple[str, ...]:
    """Addresses of those domains that send digests and alerts only."""
    return tuple(ALERT_ADDRESSES)


def is_provider_name(name: str) -> bool:
    """Whether a display name is that of a relay, board, tool or mail provider ("Greenhouse", "Workday",
    "Indeed")."""
    key = company_key(name)
    return key in _provider_keys() or key.replace(" ", "") in _provider_keys()


@cache
def _provider_keys() -> frozenset[str]:
    # Relays whose name is an ordinary word or also a common company name only count when written as a domain.
    words = {
        "hire",
        "join",
        "gem",
        "dover",
        "otta",
        "cats",
        "woven",
        "plum",
        "hired",
        "newton",
        "polymer",
        "slack",
        "medium",
    }
    keys = {company_key(name) for name in PROVIDER_NAMES if name not in words}
    return frozenset(keys | {key.replace(" ", "") for key in keys})


@cache
def _extractor() -> TLDExtract:
    from tldextract import TLDExtract  # loads its list on first use: only when mail is read

    # No list address and no cache folder: the bundled list is read, nothing is fetched or written.
    return TLDExtract(cache_dir=None, suffix_list_urls=(), fallback_to_snapshot=True)


def _lookup(host: str, table: dict[str, str]) -> tuple[str, str] | None:
    """The longest suffix of `host` that the table knows, with its value."""
    labels = host.split(".")
    for start in range(len(labels) - 1):
        suffix = ".".join(labels[start:])
        if suffix in table:
            return suffix, table[suffix]
    return None


def _tenant(local: str, host: str, ats: tuple[str, str]) -> str | None:
    suffix, relay = ats
    if relay in _LOCAL_TENANT:
        slug = local.split("+", 1)[0] if "+" in local else _TENANT_TAIL.sub("", local)
        if (tenant := _as_tenant(slug)) is not None:
            return tenant
    if relay in _SUBDOMAIN_TENANT and host != suffix:
        return _as_tenant(host[: -len(suffix) - 1].rpartition(".")[2])
    return None


def _as_tenant(slug: str) -> str | None:
    slug = _TENANT_HEAD.sub("", _TENANT_TAIL.sub("", slug))
    if (
        slug in _NOT_TENANT
        or len(slug) < 2
        or not re.fullmatch(r"[a-z0-9][a-z0-9_-]*", slug)
        or slug.isdigit()
    ):
        return None
    return slug
