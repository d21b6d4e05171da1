"""The applications behind a bar of a figure. What a figure counts is known to a room above, which says so here."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import ColumnElement

from app.applications.errors import UnknownFigure
from app.core.db import ReadSession

Condition = ColumnElement[bool]
Explain = Callable[[ReadSession, int, str], Condition | None]
_explain: list[Explain] = []


def explained_by(explain: Explain) -> None:
    """`explain` tells what an application must be to be counted by a bar of that name; None for no such bar."""
    _explain[:] = [explain]


def conditions_of(session: ReadSession, user_id: int, names: Sequence[str]) -> tuple[Condition, ...]:
    """What an application must be to be counted by all of these bars. Raises `UnknownFigure`."""
    found = []
    for name in names:
        condition = next((c for each in _explain if (c := each(session, user_id, name)) is not None), None)
        if condition is None:
            raise UnknownFigure(f'There is no figure with a part named "{name[:80]}".')
        found.append(condition)
    return tuple(found)
