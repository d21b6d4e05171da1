"""How often a person may take all their data out."""

from __future__ import annotations

from app.core import rate_limit
from app.portability.tables.errors import TooManyExports

_EXPORTS = rate_limit.Limit("exports", 30, 60 * 60)


def count_export(user_id: int) -> None:
    """Raises TooManyExports."""
    if wait := rate_limit.hit(_EXPORTS, str(user_id)):
        raise TooManyExports(wait)
