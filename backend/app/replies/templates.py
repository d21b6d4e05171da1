"""Templates of replies: what is shipped, and how they are filled in. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_VARIABLE = re.compile(r"\{([^{}\n]{0,60})\}")
LONGEST = 10_000

# Each variable with what it stands for, as the settings page explains it.
VARIABLES: dict[str, str] = {
    "greeting": "Hello, with the person's first name when it is known",
    "company": "the company's name",
    "job_title": "the title of the job",
    "your_name": "your name",
    "interview_time": "day and time of the next interview, or of the last one",
    "applied_on": "the day on which you applied",
}
# What stands in for a value that is not known, so that a sentence still reads.
_UNKNOWN = {
    "greeting": "Hello,",
    "company": "your company",
    "job_title": "open",
    "your_name": "",
    "interview_time": "the time we agreed on",
    "applied_on": "a while ago",
}


@dataclass(frozen=True, slots=True)
class Template:
    """A shipped template: `name` for people, `body` with variables in braces."""

    key: str
    name: str
    body: str


SHIPPED: dict[str, Template] = {
    one.key: one
    for one in (
        Template(
            "follow_up",
            "Follow up",
            "{greeting}\n\nI applied for the {job_title} position at {company} on {applied_on} and would like "
            "to ask how things stand. I am still very interested, and happy to send anything that helps you "
            "decide.\n\nKind regards\n{your_name}",
        ),
        Template(
            "thank_you",
            "Thank you",
            "{greeting}\n\nThank you for the conversation about the {job_title} position. I enjoyed hearing "
            "how {company} works, and it made me want the job even more.\n\nI look forward to hearing from "
            "you.\n\nKind regards\n{your_name}",
        ),
        Template(
            "accept",
            "Accept",
            "{greeting}\n\nThank you for the offer. I am happy to accept the {job_title} position at "
            "{company}. Please tell me which papers you need from me, and by when.\n\nI look forward to "
            "starting.\n\nKind regards\n{your_name}",
        ),
        Template(
            "decline",
            "Decline",
            "{greeting}\n\nThank you for the offer of the {job_title} position, and for the time you took. "
            "After careful thought I have decided not to accept it.\n\nI wish you and {company} all the "
            "best.\n\nKind regards\n{your_name}",
        ),
        Template(
            "withdraw",
            "Withdraw",
            "{greeting}\n\nI would like to withdraw my application for the {job_title} position at {company}. "
            "Thank you for considering me.\n\nKind regards\n{your_name}",
        ),
        Template(
            "ask_for_time",
            "Ask for time",
            "{greeting}\n\nThank you very much for the offer of the {job_title} position. I would like to give "
            "it the thought it deserves. Could you let me have a few more days before I answer?\n\nKind "
            "regards\n{your_name}",
        ),
    )
}


def unknown_variables(body: str) -> list[str]:
    """Names in braces that nobody can fill in."""
    return sorted({name for name in _VARIABLE.findall(body) if name not in VARIABLES})


def fill_in(body: str, values: Mapping[str, str | None]) -> tuple[str, list[str]]:
    """The text, and the variables whose value is not known (something neutral stands in their place).

    Values are put in as they are: a brace in one of them means nothing.
    """
    missing: list[str] = []

    def put(found: re.Match[str]) -> str:
        name = found[1]
        if name not in VARIABLES:
            return found[0]
        value = values.get(name)
        if not value:
            missing.append(name)
            return _UNKNOWN[name]
        return value

    text = _VARIABLE.sub(put, body)
    return text.rstrip() + "\n", sorted(set(missing))


_NO_PERSON = frozenset(
    {
        "team", "careers", "career", "jobs", "recruiting", "recruitment", "talent", "hiring", "hr", "people",
        "notifications", "support", "info", "via", "at", "the", "gmbh", "inc", "ltd", "group",
    }
)  # fmt: skip


def greeting_for(name: str | None, company: str | None = None) -> str | None:
    """A greeting by first name, None when there is none that a person would use."""
    words = {word.strip(".,()").lower() for word in (name or "").split()}
    if words & _NO_PERSON or words & {word.lower() for word in (company or "").split()}:
        return None
    return _by_first_name(name)


def _by_first_name(name: str | None) -> str | None:
    words = (name or "").replace(",", " ").split()
    titles = {"mr", "mrs", "ms", "dr", "prof", "herr", "frau"}
    given = [word for word in words if word.rstrip(".").lower() not in titles]
    first = given[0] if len(given) > 1 else ""
    return f"Hello {first}," if first.isalpha() and first[0].isupper() and len(first) > 1 else None
