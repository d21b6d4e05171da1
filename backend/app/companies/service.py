"""The door of this room: keys, similarities, sender facts and job links, pure functions, safe to call per mail; and
the aliases that a user taught."""

from __future__ import annotations

from app.companies.industries import INDUSTRIES, industry_of
from app.companies.job_links import JobReference, LinkKind, canonical_job_url, job_reference, link_kind
from app.companies.name_keys import company_key, company_similarity, fold
from app.companies.places import US_STATE_CODES, is_place, is_place_word
from app.companies.repository import known_aliases, store_aliases
from app.companies.senders import (
    SenderFacts,
    SenderKind,
    employer_domain,
    is_provider_name,
    job_alert_addresses,
    job_mail_domains,
    registrable_domain,
    sender_facts,
)
from app.companies.tables import word_set
from app.companies.titles import position_level, strip_title_tails, title_key, title_similarity

__all__ = [
    "INDUSTRIES",
    "US_STATE_CODES",
    "JobReference",
    "LinkKind",
    "SenderFacts",
    "SenderKind",
    "canonical_job_url",
    "company_key",
    "company_similarity",
    "employer_domain",
    "fold",
    "industry_of",
    "is_place",
    "is_place_word",
    "is_provider_name",
    "job_alert_addresses",
    "job_mail_domains",
    "job_reference",
    "known_aliases",
    "link_kind",
    "position_level",
    "registrable_domain",
    "sender_facts",
    "store_aliases",
    "strip_title_tails",
    "title_key",
    "title_similarity",
    "word_set",
]
