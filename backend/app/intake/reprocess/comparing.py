"""What is different between the verdict that a mail has and another one. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.intake.models import VerdictRow

CHANGES = ("class", "company", "title", "details", "doubt")
_NAMES = {"company_name": "company", "job_title": "title"}


def differences(row: VerdictRow, values: Mapping[str, Any]) -> list[str]:
    """Which of CHANGES `values`, the columns of another verdict, would bring; empty when a person would see none."""
    found = set()
    if row.email_class != values["email_class"]:
        found.add("class")
    old, new = _stated(row.entities), _stated(values["entities"])
    for name in old.keys() | new.keys():
        if old.get(name) != new.get(name):
            found.add(_NAMES.get(name, "details"))
    if [_stated(item) for item in row.action_items] != [_stated(item) for item in values["action_items"]]:
        found.add("details")
    if row.unsure != values["unsure"]:
        found.add("doubt")
    return [name for name in CHANGES if name in found]


def _stated(values: Mapping[str, Any] | None) -> dict[str, Any]:
    """Without what is not stated, in whichever way that is written."""
    return {
        name: _stated(value) if isinstance(value, dict) else value
        for name, value in (values or {}).items()
        if value not in (None, "", {}, [])
    }
