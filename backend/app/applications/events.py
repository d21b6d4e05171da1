"""What happens to applications that rooms above want to know."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NotesChanged:
    """The text of an application's notes is another now."""

    user_id: int
    application_id: int
