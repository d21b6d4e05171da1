"""What can go wrong when somebody asks the graph directly."""

from __future__ import annotations

from app.core.errors import TooManyRequests


class TooManyCalls(TooManyRequests):
    code = "langgraph.too_many"
    title = "At most 60 of these requests a minute"
