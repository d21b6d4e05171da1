"""The calendar of the fake Google: events of the primary calendar, inserted, updated, read."""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from tests.fakes.google_faults import Faults, Reply
from tests.fakes.google_gmail import Authenticate

_SCOPES = {"https://www.googleapis.com/auth/calendar.events", "https://www.googleapis.com/auth/calendar"}
_ROUTE = re.compile(r"/calendar/v3/calendars/primary/events(?:/(?P<id>[^/]+))?$")
_ID = re.compile(r"[a-v0-9]{5,1024}")


class CalendarApi:
    """Events by address and id, as they were handed over."""

    def __init__(self, faults: Faults, authenticate: Authenticate) -> None:
        self._faults, self._authenticate = faults, authenticate
        self.events: dict[str, dict[str, dict[str, Any]]] = {}

    def knows(self, path: str) -> bool:
        return path.startswith("/calendar/v3/")

    def call(self, method: str, uri: str, authorization: str, body: bytes) -> Reply:
        who = self._authenticate(authorization.removeprefix("Bearer ").strip())
        if who is None:
            return self._faults.error_reply("401")
        if not who[1] & _SCOPES:
            return self._faults.error_reply("scope")
        route = _ROUTE.match(urlsplit(uri).path)
        if route is None:
            return self._faults.error_reply("404")
        own = self.events.setdefault(who[0], {})
        given = json.loads(body or b"{}")
        if method in ("POST", "PUT") and not _sound(given):
            return self._faults.error_reply("400")
        if method == "POST" and route["id"] is None:
            return self._insert(own, given)
        if route["id"] not in own:
            return self._faults.error_reply("404")
        if method == "PUT":
            own[route["id"]] = own[route["id"]] | given
        return Reply(body=own[route["id"]])

    def _insert(self, own: dict[str, dict[str, Any]], given: dict[str, Any]) -> Reply:
        event_id = str(given.get("id") or f"ev{len(own)}00")
        if not _ID.fullmatch(event_id):
            return self._faults.error_reply("400")
        if event_id in own:
            error = {"code": 409, "message": "The requested identifier already exists."}
            return Reply(409, {"error": {**error, "errors": [{"reason": "duplicate"}]}})
        link = f"https://calendar.example/event?eid={event_id}"
        own[event_id] = {
            **given,
            "id": event_id,
            "htmlLink": link,
            "status": given.get("status", "confirmed"),
        }
        return Reply(body=own[event_id])


def _sound(event: dict[str, Any]) -> bool:
    try:
        starts, ends = (datetime.fromisoformat(event[name]["dateTime"]) for name in ("start", "end"))
    except (KeyError, ValueError, TypeError):
        return False
    return starts.tzinfo is not None and starts < ends
