"""The HTTP objects that Google's libraries are given: each asks for leave before a request, which is thereby listed."""

from __future__ import annotations

from typing import Any

import httplib2
from requests.adapters import HTTPAdapter

from app.core import outgoing
from app.core.outgoing import Purpose


class Http(httplib2.Http):  # type: ignore[misc]
    """One connection's HTTP state. Raises outgoing.Offline from `request`, for redirects too."""

    def __init__(self, purpose: Purpose, timeout_s: float) -> None:
        super().__init__(timeout=timeout_s)
        self._purpose = purpose

    def request(self, uri: str, *args: Any, **kwargs: Any) -> Any:
        outgoing.permit_url(self._purpose, uri)
        return super().request(uri, *args, **kwargs)


class Adapter(HTTPAdapter):
    """The same for a session of `requests`."""

    def __init__(self, purpose: Purpose) -> None:
        super().__init__()
        self._purpose = purpose

    def send(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        outgoing.permit_url(self._purpose, request.url)
        return super().send(request, *args, **kwargs)
