"""The page that lists the API: complete, readable offline, and without a script."""

from __future__ import annotations

import re
from pathlib import Path

from app.core import api_docs
from app.main import create_app
from tests.factories.accounts import client_from
from tests.factories.settings import make_settings


def test_every_operation_is_listed(tmp_path: Path) -> None:
    app = create_app(make_settings("sqlite://", tmp_path))
    page = client_from(app).get("/docs")
    described = app.openapi()
    assert page.headers["content-type"].startswith("text/html")
    assert all(f"<code>{path}</code>" in page.text for path in described["paths"])
    assert "<script" not in page.text
    assert re.findall(r"(?:src|href)=\"(?!/openapi\.json)", page.text) == []


def test_words_of_the_description_are_escaped() -> None:
    operation = {"summary": "<script>x</script>", "responses": {}}
    page = api_docs.render({"info": {"title": "A<b>", "version": "1"}, "paths": {"/x": {"get": operation}}})
    assert "<script>" not in page
    assert "A&lt;b&gt;" in page
