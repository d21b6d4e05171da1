"""The page about errors knows those that exist, and all that people meet when mail does not come in."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator

import app
from app.core.errors import AppError
from tests.house import APP, ROOT

TEXT = (ROOT / "docs" / "troubleshooting.md").read_text(encoding="utf-8")
DOCUMENTED = set(re.findall(r"`([a-z_]+(?:\.[a-z_]+)?)`", TEXT))
ROOMS = ("app.mail.", "app.mailsync.", "app.runs.", "app.admin.")


def errors(kind: type[AppError] = AppError) -> Iterator[type[AppError]]:
    """Every class of error of the application."""
    for module in pkgutil.walk_packages(app.__path__, "app."):
        if module.name.endswith(".errors"):
            importlib.import_module(module.name)
    for each in kind.__subclasses__():
        yield each
        yield from errors(each)


def source() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(APP.rglob("*.py")))


def test_errors_of_mail_and_runs_are_explained() -> None:
    codes = {each.code for each in errors() if each.__module__.startswith(ROOMS)}
    assert len(codes) > 30
    assert codes - DOCUMENTED == set()


def test_checks_of_the_doctor_are_explained() -> None:
    files = (APP / "admin" / "doctor.py", APP / "mail" / "diagnosis.py")
    text = "\n".join(path.read_text(encoding="utf-8") for path in files)
    found = set(re.findall(r'(?:code(?:, \w+)? = |Finding\()"([a-z_.]+)"', text))
    assert found >= {"database", "disk", "google.client", "clock", "worker", "gmail.age", "doctor"}
    assert found - DOCUMENTED == {"doctor"}, "a check that breaks off is all that needs no explaining"


def test_no_code_is_explained_that_does_not_exist() -> None:
    text = source()
    dotted = {code for code in DOCUMENTED if "." in code and not code.startswith("params.")}
    made_of_parts = {"gmail.access", "imap.access"}
    assert {code for code in dotted - made_of_parts if f'"{code}"' not in text} == set()
