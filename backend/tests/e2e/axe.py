"""axe-core in the page: what keeps people with a screen reader, a keyboard or weak eyes from using it."""

from __future__ import annotations

from functools import cache
from typing import Any

from playwright.sync_api import Page

from tests.e2e.product import BACKEND

SOURCE = BACKEND.parent / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
_SHOWN = 3


@cache
def _source() -> str:
    return SOURCE.read_text()


def find_barriers(page: Page, where: str) -> list[str]:
    """One line per serious or critical finding of axe on what the page shows now."""
    if not page.evaluate("typeof window.axe === 'object'"):
        page.evaluate(_source())
    found: dict[str, Any] = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
    return [
        f"{where}: {each['id']} ({each['impact']}): {each['help']}: "
        + "; ".join(f"{node['target']} {_measured(node)}" for node in each["nodes"][:_SHOWN])
        for each in found["violations"]
        if each["impact"] in {"serious", "critical"}
    ]


def _measured(node: dict[str, Any]) -> str:
    """Contrast of a node as axe measured it, when it did."""
    data = (node["any"] or [{}])[0].get("data")
    if not isinstance(data, dict) or "contrastRatio" not in data:
        return ""
    return f"{data['fgColor']} on {data['bgColor']} = {data['contrastRatio']}"
