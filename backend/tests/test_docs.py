"""The documentation says what the program does: settings, commands, figures, links."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from app.core.settings import Settings
from tests.house import ROOT

DOCS = ROOT / "docs"
PAGES = sorted([ROOT / "README.md", *DOCS.glob("*.md")])


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def make_targets() -> set[str]:
    return set(re.findall(r"^([a-z0-9-]+):.*## ", read("Makefile"), re.MULTILINE))


@pytest.mark.parametrize("name", Settings.model_fields)
def test_setting_is_documented(name: str) -> None:
    assert f"| `{name.upper()}` |" in read("docs/configuration.md")
    assert re.search(rf"^{name.upper()}=", read(".env.example"), re.MULTILINE)


def test_no_setting_is_documented_that_does_not_exist() -> None:
    known = {name.upper() for name in Settings.model_fields}
    assert set(re.findall(r"^\| `([A-Z_0-9]+)` \|", read("docs/configuration.md"), re.MULTILINE)) == known
    assert set(re.findall(r"^([A-Z_0-9]+)=", read(".env.example"), re.MULTILINE)) == known


def test_every_command_is_documented() -> None:
    documented = set(re.findall(r"`make ([a-z0-9-]+)", read("docs/development.md")))
    assert make_targets() - {"help"} - documented == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_named_commands_exist(page: Path) -> None:
    named = set(re.findall(r"(?:^|`)make ([a-z0-9-]+)", page.read_text(encoding="utf-8"), re.MULTILINE))
    assert named - make_targets() == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    local = [target for target in targets if "://" not in target]
    assert [target for target in local if not (page.parent / target).exists()] == []


def test_readme_names_endpoints_that_exist() -> None:
    import json

    paths = json.loads(read("backend/openapi.json"))["paths"]
    named = set(
        re.findall(r"localhost:8000(/api/[a-z0-9/-]+)|127\.0\.0\.1:8000(/api/[a-z0-9/-]+)", read("README.md"))
    )
    called = {one or other for one, other in named}
    assert called
    assert called - set(paths) == set()
