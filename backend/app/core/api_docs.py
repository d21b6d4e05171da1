"""A page that lists the API, made from openapi.json: no script, nothing from elsewhere, readable offline."""

from __future__ import annotations

from html import escape
from typing import Any

_STYLE = """
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
details { border: 1px solid #8886; border-radius: 6px; margin: .4rem 0; padding: .4rem .8rem; }
summary { cursor: pointer; } code { font-size: .95em; } b { display: inline-block; min-width: 4.5rem; }
table { border-collapse: collapse; }
td { text-align: left; padding: .15rem 1rem .15rem 0; vertical-align: top; }
"""


def render(openapi: dict[str, Any]) -> str:
    """HTML of all operations in `openapi`, grouped by tag."""
    groups: dict[str, list[str]] = {}
    for path, operations in openapi.get("paths", {}).items():
        for method, operation in operations.items():
            tag = (operation.get("tags") or ["other"])[0]
            groups.setdefault(tag, []).append(_operation(method, path, operation))
    body = "".join(f"<h2>{escape(tag)}</h2>{''.join(items)}" for tag, items in sorted(groups.items()))
    title = escape(f"{openapi['info']['title']} API {openapi['info']['version']}")
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{_STYLE}</style></head><body>'
        f"<h1>{title}</h1><p>{escape(openapi['info'].get('description', ''))}</p>"
        f'<p>For programs: <a href="/openapi.json">/openapi.json</a></p>{body}</body></html>'
    )


def _operation(method: str, path: str, operation: dict[str, Any]) -> str:
    rows = [
        (p["name"], p["in"] + (", required" if p.get("required") else ""), p.get("description", ""))
        for p in operation.get("parameters", [])
    ]
    for media, content in operation.get("requestBody", {}).get("content", {}).items():
        rows.append(("body", media, _name_of(content.get("schema", {}))))
    for status, answer in operation.get("responses", {}).items():
        schemas = [_name_of(content.get("schema", {})) for content in answer.get("content", {}).values()]
        rows.append((status, " ".join(schemas), answer.get("description", "")))
    cells = "".join(
        "<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in row) + "</tr>" for row in rows
    )
    lock = " &#128274;" if operation.get("security") else ""
    about = escape(operation.get("description") or operation.get("summary", ""))
    return (
        f"<details><summary><b>{method.upper()}</b> <code>{escape(path)}</code>{lock}</summary>"
        f"<p>{about}</p><table>{cells}</table></details>"
    )


def _name_of(schema: dict[str, Any]) -> str:
    return str(schema.get("$ref", schema.get("title", schema.get("type", "")))).rsplit("/", 1)[-1]
