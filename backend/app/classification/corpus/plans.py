"""The notation of plans: which kinds of sentences make up which kind of mail.

Three lines each: family, class and sender style; the steps; the subjects, separated by ` ~ ` (`-` is an empty
one). A step is a pool of sentences with how often it occurs (`pool:.5`) or up to how many are drawn (`pool*3`).
Families are held out as a whole when the model is calibrated.
"""

from __future__ import annotations

from dataclasses import dataclass

LINES = 3


@dataclass(frozen=True, slots=True)
class Plan:
    """One kind of mail."""

    family: str
    email_class: str
    style: str
    steps: tuple[str, ...]
    subjects: tuple[str, ...]


def parse_plans(text: str) -> tuple[Plan, ...]:
    """The plans of a text in the notation above. ValueError when a plan is not complete."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) % LINES:
        raise ValueError("a plan has three lines")
    plans = []
    for head, steps, subjects in zip(lines[::LINES], lines[1::LINES], lines[2::LINES], strict=True):
        family, email_class, style = head.split()
        named = tuple("" if subject == "-" else subject for subject in subjects.split(" ~ "))
        plans.append(Plan(family, email_class, style, tuple(steps.split()), named))
    return tuple(plans)
