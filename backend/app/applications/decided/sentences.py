"""Decisions in a sentence each, for people. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_PLAIN = {
    "create": "You added an application",
    "link": "You put an email to an application",
    "unlink": "You took an email out of an application",
    "merge": "You made one application of several",
    "split": "You split an application",
    "not_same": "You said that two applications are not the same",
    "ignore": "This email makes no application",
    "interview": "You changed an interview",
    "action": "You dealt with an action item",
}


def sentence_of(kind: str, payload: Mapping[str, Any]) -> str:
    """What was said, in the second person."""
    match kind:
        case "stage":
            return f"You set the stage to {payload['stage']}"
        case "field":
            name = str(payload["field"]).replace("_", " ")
            value = payload.get("value")
            return f"You set the {name} to {value}" if value else f"You cleared the {name}"
        case "entity":
            return f"You corrected what an email says: {str(payload['field']).replace('_', ' ')}"
        case "class":
            return f"You said what an email is: {payload['email_class']}"
        case "pin":
            return "You pinned it" if payload.get("pinned") else "You unpinned it"
        case "archive":
            return "You archived it" if payload.get("archived") else "You brought it back from the archive"
        case "delete":
            return "You deleted it" if payload.get("deleted") else "You brought it back"
        case "import":
            return f"You imported applications from {payload['name']}"
        case "event":
            return str(payload.get("sentence", ""))
        case _:
            return _PLAIN.get(kind, kind)
