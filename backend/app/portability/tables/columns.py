"""The columns that exports offer, and what stands in them. Pure but for the rows that it is given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, get_args
from zoneinfo import ZoneInfo

from sqlalchemy import RowMapping

from app.portability.tables.cells import text_of

Column = Literal[
    "id", "company_name", "job_title", "stage", "source", "location", "salary_text", "job_url", "requisition_id",
    "position_level", "received_date", "applied_at", "assessment_at", "interview_at", "offer_at", "accepted_at",
    "rejected_at", "withdrawn_at", "last_activity_at", "next_action", "next_due_at", "emails", "requires_action",
    "needs_review", "pinned", "archived_at", "tags", "contacts", "notes",
]  # fmt: skip
COLUMNS: tuple[Column, ...] = get_args(Column)
KEPT: frozenset[Column] = frozenset({"tags", "contacts", "notes"})  # not columns of the application's own row
DEFAULT: tuple[Column, ...] = (
    "id", "company_name", "job_title", "stage", "source", "location", "salary_text", "job_url", "received_date",
    "applied_at", "assessment_at", "interview_at", "offer_at", "accepted_at", "rejected_at", "withdrawn_at",
    "last_activity_at", "next_action", "next_due_at", "tags",
)  # fmt: skip
_HEADINGS: dict[str, str] = {
    "id": "Application ID",
    "company_name": "Company",
    "salary_text": "Salary",
    "job_url": "Job link",
    "requisition_id": "Requisition",
    "position_level": "Level",
    "received_date": "First seen",
    "applied_at": "Applied",
    "assessment_at": "Assessment",
    "interview_at": "Interview",
    "offer_at": "Offer",
    "accepted_at": "Accepted",
    "rejected_at": "Rejected",
    "withdrawn_at": "Withdrawn",
    "last_activity_at": "Last activity",
    "next_due_at": "Due",
    "archived_at": "Archived",
}


def heading(column: Column) -> str:
    """What stands above the column; reading a CSV knows it again."""
    return _HEADINGS.get(column, column.replace("_", " ").capitalize())


def cells_of(
    columns: Sequence[Column],
    row: RowMapping,
    kept: Mapping[str, Mapping[int, Sequence[str]]],
    zone: ZoneInfo,
) -> list[str | int | float]:
    """The application's cells in the order of the columns. `kept` has tags, contacts and notes by application."""
    found: list[str | int | float] = []
    for column in columns:
        if column in KEPT:
            values = kept[column].get(row["id"], ())
            found.append("\n\n".join(values) if column == "notes" else text_of(values, zone))
        else:
            found.append(text_of(row[column], zone))
    return found
