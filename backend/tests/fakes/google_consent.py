"""A person on the fake's consent page, without a browser: reads the form as it is and presses a button."""

from __future__ import annotations

from collections.abc import Collection
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urljoin, urlsplit

import httpx


class ConsentBlocked(Exception):
    """The page showed an error instead of a form."""


def give_consent(
    url: str, *, address: str | None = None, allow: bool = True, untick: Collection[str] = ()
) -> dict[str, str]:
    """Open the authorization URL, choose `address` (default: what is preselected), and answer. Returns the
    query that the client's callback would receive, with its address under `redirect_uri`."""
    page = httpx.get(url)
    if page.status_code != 200:
        raise ConsentBlocked(page.text)
    form = _Form()
    form.feed(page.text)
    fields = [
        (name, value)
        for name, value, ticked in form.fields
        if ticked and not (name == "scope" and value in untick) and not (address and name == "address")
    ]
    if address:
        fields.append(("address", address))
    fields.append(("decision", "allow" if allow else "deny"))
    body: dict[str, list[str]] = {}
    for name, value in fields:
        body.setdefault(name, []).append(value)
    answer = httpx.post(urljoin(url, form.action), data=body, follow_redirects=False)
    target = answer.headers["Location"]
    return dict(parse_qsl(urlsplit(target).query)) | {"redirect_uri": target.partition("?")[0]}


class _Form(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.action = ""
        self.fields: list[tuple[str, str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "form":
            self.action = found.get("action") or ""
        elif tag == "input":
            ticked = found.get("type") == "hidden" or "checked" in found
            self.fields.append((found.get("name") or "", found.get("value") or "", ticked))
