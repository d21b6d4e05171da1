"""Serves the built page where no endpoint answers. GET and HEAD only, never under the API's names."""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Receive, Scope, Send

RESERVED = ("/api", "/gmail", "/ws", "/metrics", "/docs", "/openapi.json")
_NOT_BUILT = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Jobtrail</title></head>
<body><h1>Jobtrail is running, but its page is not built</h1>
<p>Run <code>make run</code>, or build the page with
<code>cd frontend &amp;&amp; npm ci &amp;&amp; npm run build</code>, then reload.
The API answers under <code>/api</code>; see <a href="/docs">its documentation</a>.</p>
</body></html>
"""


def install(app: FastAPI, folder: Path) -> None:
    """Let `app` answer otherwise unknown addresses with the files in `folder`."""
    files = StaticFiles(directory=folder, check_dir=False)
    not_found = app.router.not_found

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] not in {"GET", "HEAD"} or _is_reserved(scope["path"]):
            await not_found(scope, receive, send)
            return
        response = await _page(files, folder, scope)
        await response(scope, receive, send)

    app.router.default = serve


def _is_reserved(path: str) -> bool:
    return any(path == name or path.startswith(name + "/") for name in RESERVED)


async def _page(files: StaticFiles, folder: Path, scope: Scope) -> Response:
    path = scope["path"].lstrip("/")
    if not (folder / "index.html").is_file():
        if path and not _wants_page(scope):
            raise HTTPException(404)
        return HTMLResponse(_NOT_BUILT, 503, headers={"Cache-Control": "no-store"})
    try:
        response = await files.get_response(path or "index.html", scope)
    except HTTPException as error:
        if error.status_code != 404 or path.startswith("assets/") or not _wants_page(scope):
            raise
        response = await files.get_response("index.html", scope)
    forever = path.startswith("assets/")
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if forever else "no-cache"
    return response


def _wants_page(scope: Scope) -> bool:
    """Whether it is a person who asks: a missing picture must not be answered with a page."""
    accept = Headers(scope=scope).get("accept", "*/*")
    last = scope["path"].rsplit("/", 1)[-1]
    return "text/html" in accept or ("*/*" in accept and "." not in last)
