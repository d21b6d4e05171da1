"""Why an installation can't serve."""

from __future__ import annotations

from app.core.errors import Unavailable


class NotReady(Unavailable):
    """Something that requests need does not answer; `params` says what does."""

    code = "health.not_ready"
    title = "This installation is not ready"
