"""Invented companies, agencies and the titles they look for."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

_FIRST = [
    "Fern",
    "Marl",
    "Tide",
    "North",
    "Bright",
    "Copper",
    "Juni",
    "Hazel",
    "Quarry",
    "Lark",
    "Ember",
    "Wil",
    "Thistle",
    "Oak",
    "Raven",
    "Silver",
    "Moss",
    "Harbor",
    "Clover",
    "Stone",
]
_SECOND = [
    "hollow",
    "owe",
    "water",
    "wick",
    "stead",
    "field",
    "per",
    "grove",
    "mark",
    "spur",
    "dale",
    "low",
    "brook",
    "crest",
    "mere",
    "ridge",
    "ford",
    "haven",
    "gate",
    "more",
]
_THIRD = (
    "",
    "",
    "",
    "",
    " Robotics",
    " Health",
    " Foods",
    " Analytics",
    " Energy",
    " Logistics",
    " Bank",
    " Media",
)
AGENCIES = (
    "Placeholder Talent Partners",
    "Muster Personalberatung",
    "Specimen Recruiting",
    "Dummy Search Group",
)
TITLES = (
    "Data Engineer",
    "Senior Data Engineer",
    "Product Designer",
    "Backend Engineer, Payments",
    "Staff Software Engineer",
    "Account Manager",
    "DevOps Engineer",
    "Marketing Manager",
    "Software Engineer",
    "Research Scientist",
    "QA Analyst",
    "Technical Writer",
    "Customer Success Manager",
    "Mobile Developer",
    "Financial Analyst",
    "Project Manager",
)


@dataclass(frozen=True, slots=True)
class Company:
    """A company by its name, and the domain it writes from."""

    name: str
    domain: str


def companies(chance: random.Random) -> Iterator[Company]:
    """Companies that don't resemble each other, in random order."""
    stems = [f"{first}{second}" for first in _FIRST for second in _SECOND]
    chance.shuffle(stems)
    for stem in stems:
        name = f"{stem}{chance.choice(_THIRD)}"
        yield Company(name, f"{name.lower().replace(' ', '-')}.example")
