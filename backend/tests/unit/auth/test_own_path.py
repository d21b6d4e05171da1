"""Where a sign-in may lead: to a path of this page and nowhere else."""

from __future__ import annotations

import pytest

from app.auth.google_sign_in import own_path


@pytest.mark.parametrize(
    "path", ["/", "/review", "/applications?q=stage%3Aoffer#top", "/settings/security?linked=google"]
)
def test_paths_of_the_page_are_gone_on_to(path: str) -> None:
    assert own_path(path) == path


@pytest.mark.parametrize(
    "target",
    [
        None,
        "",
        "review",
        "https://evil.example/",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "/a\\b",
        "/a\nLocation: x",
        "/a b",
        "/\tevil",
        "javascript:alert(1)",
        "/" + "a" * 500,
    ],
)
def test_everything_else_leads_home(target: str | None) -> None:
    assert own_path(target) == "/"
