"""The built page: where it answers, where never, and how long a browser may keep what."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.core import problems, spa

HTML = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


def app_with(folder: Path) -> TestClient:
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    problems.install(app)
    app.get("/api/hello")(lambda: "hello")
    spa.install(app, folder)
    return TestClient(app)


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    dist = tmp_path / "dist"
    (dist / "assets").mkdir(parents=True)
    (dist / "index.html").write_text("<!doctype html><title>the page</title>")
    (dist / "assets" / "index-abc.js").write_text("console.log(1)")
    (dist / "favicon.svg").write_text("<svg/>")
    (tmp_path / "secret").write_text("not for the world")
    return app_with(dist)


@pytest.mark.parametrize("path", ["/", "/applications", "/applications/12", "/index.html", "/a.b/c"])
def test_addresses_of_the_page_get_the_page(client: TestClient, path: str) -> None:
    answer = client.get(path, headers=HTML)
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-cache")
    assert "the page" in answer.text
    assert client.head(path, headers=HTML).status_code == 200


def test_assets_are_kept_forever(client: TestClient) -> None:
    answer = client.get("/assets/index-abc.js")
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert "javascript" in answer.headers["content-type"]
    assert client.get("/favicon.svg").headers["cache-control"] == "no-cache"


def test_an_unchanged_page_is_not_sent_again(client: TestClient) -> None:
    tag = client.get("/").headers["etag"]
    assert client.get("/", headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize(
    "path", ["/api", "/api/nope", "/gmail/x", "/ws", "/metrics", "/docs/x", "/openapi.json"]
)
def test_never_under_the_names_of_the_api(client: TestClient, path: str) -> None:
    answer = client.get(path, headers=HTML)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


def test_only_for_reading(client: TestClient) -> None:
    for method in ("POST", "PUT", "PATCH", "DELETE", "OPTIONS"):
        assert client.request(method, "/applications").status_code == 404


@pytest.mark.parametrize("path", ["/assets/gone.js", "/logo.png", "/..%2fsecret", "/%2e%2e/secret"])
def test_missing_files_are_missing(client: TestClient, path: str) -> None:
    answer = client.get(path, headers={"Accept": "image/*"})
    assert answer.status_code == 404
    assert "not for the world" not in client.get(path, headers=HTML).text


def test_without_a_build_it_says_how_to_build(tmp_path: Path) -> None:
    client = app_with(tmp_path / "nothing")
    answer = client.get("/", headers=HTML)
    assert answer.status_code == 503
    assert "npm run build" in answer.text
    assert client.get("/api/hello").json() == "hello"
