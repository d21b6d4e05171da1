"""Ids that stand inside of values, where no foreign key tells of them; they change when rows get new ids.

A column of JSON stands in INNER_IDS or in NO_IDS, and each kind of decision in OF_DECISIONS: a test sees to it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from app.applications.models import DecisionKind

# (table, old id) -> new id; None for a row that is not there.
Lookup = Callable[[str, int], int | None]
Rewrite = Callable[[Any, Mapping[str, Any], Lookup], Any]
GONE = 0  # the id of no row

NO_IDS = frozenset(
    {
        ("users", "own_addresses"),
        ("settings", "value"),
        ("mail_accounts", "scopes"),
        ("emails", "references"),
        ("emails", "recipients"),
        ("emails", "headers"),
        ("emails", "attachments"),
        ("email_bodies", "links"),
        ("email_sources", "labels"),
        ("verdicts", "runner_ups"),
        ("verdicts", "reasoning"),
        ("verdicts", "evidence"),
        ("verdicts", "entities"),
        ("verdicts", "action_items"),
        ("verdict_proposals", "changes"),
        ("links", "evidence"),
        ("applications", "machine"),
        ("interviews", "people"),
        ("contacts", "said"),
        ("runs", "result"),
        ("sync_state", "cursor"),
    }
)
# Of which table the ids under a name are, wherever lists and maps nest below it; `mails` is keyed by applications.
OF_DECISIONS: dict[str, dict[str, str]] = {
    DecisionKind.STAGE: {"replaces": "decisions"},
    DecisionKind.FIELD: {},
    DecisionKind.PIN: {},
    DecisionKind.LINK: {"anchor": "emails", "home": "applications", "was": "applications"},
    DecisionKind.UNLINK: {"anchor": "emails"},
    DecisionKind.CLASS: {},
    DecisionKind.ENTITY: {},
    DecisionKind.INTERVIEW: {"of_decision": "decisions", "of_email": "emails"},
    DecisionKind.ACTION: {},
    DecisionKind.CREATE: {},
    DecisionKind.ARCHIVE: {},
    DecisionKind.DELETE: {},
    DecisionKind.MERGE: {"ids": "applications", "mails": "emails"},
    DecisionKind.SPLIT: {"emails": "emails", "rest": "emails", "to": "applications"},
    DecisionKind.NOT_SAME: {"ids": "applications", "mails": "emails"},
    DecisionKind.IGNORE: {},
    DecisionKind.EVENT: {},
    DecisionKind.IMPORT: {},
}
_KEYED_BY_APPLICATION = frozenset({"mails"})


def _decision(value: Any, row: Mapping[str, Any], new: Lookup) -> Any:
    named = OF_DECISIONS.get(str(row.get("kind")), {})
    return {
        name: _nested(inner, named[name], new, keyed=name in _KEYED_BY_APPLICATION)
        if name in named
        else inner
        for name, inner in dict(value).items()
    }


def _nested(value: Any, table: str, new: Lookup, *, keyed: bool = False) -> Any:
    if isinstance(value, dict):
        keys = {key: str(_one(int(key), "applications", new)) if keyed else key for key in value}
        return {keys[key]: _nested(inner, table, new) for key, inner in value.items()}
    if isinstance(value, list):
        return [one for one in (_nested(inner, table, new) for inner in value) if one != GONE]
    return _one(value, table, new) if isinstance(value, int) and not isinstance(value, bool) else value


def _one(value: int, table: str, new: Lookup) -> int:
    return new(table, value) or GONE


def _emails(value: Any, _row: Mapping[str, Any], new: Lookup) -> Any:
    return _nested(value, "emails", new)


def _stage_evidence(value: Any, _row: Mapping[str, Any], new: Lookup) -> Any:
    return {
        stage: {**said, "email_id": _one(int(said["email_id"]), "emails", new)}
        if "email_id" in said
        else said
        for stage, said in dict(value).items()
    }


def _teacher(value: Any, _row: Mapping[str, Any], new: Lookup) -> Any:
    """`learned:<decision>`; other names stay."""
    kind, _, number = str(value).partition(":")
    if kind != "learned" or not number.isdecimal():
        return value
    return f"learned:{_one(int(number), 'decisions', new)}"


def _proposed(value: Any, row: Mapping[str, Any], new: Lookup) -> Any:
    kept = dict(value)
    return (
        {**kept, "classified_by": _teacher(kept["classified_by"], row, new)}
        if "classified_by" in kept
        else kept
    )


def _link_key(value: Any, _row: Mapping[str, Any], new: Lookup) -> Any:
    """`thread:<account>:<thread>` and `user:<decision>`; other keys stay."""
    kind, _, rest = str(value).partition(":")
    number, colon, more = rest.partition(":")
    table = {"thread": "mail_accounts", "user": "decisions"}.get(kind)
    if table is None or not number.isdecimal():
        return value
    return f"{kind}:{_one(int(number), table, new)}{colon}{more}"


def _search_entry(value: Any, row: Mapping[str, Any], new: Lookup) -> Any:
    return _one(int(value), {"email": "emails", "application": "applications"}[str(row["kind"])], new)


INNER_IDS: dict[tuple[str, str], tuple[frozenset[str], Rewrite]] = {
    ("decisions", "payload"): (frozenset({"applications", "emails", "decisions"}), _decision),
    ("applications", "stage_evidence"): (frozenset({"emails"}), _stage_evidence),
    ("interviews", "emails"): (frozenset({"emails"}), _emails),
    ("verdicts", "classified_by"): (frozenset({"decisions"}), _teacher),
    ("verdict_proposals", "verdict"): (frozenset({"decisions"}), _proposed),
    ("link_keys", "key"): (frozenset({"mail_accounts", "decisions"}), _link_key),
    ("search_entries", "ref_id"): (frozenset({"emails", "applications"}), _search_entry),
}
