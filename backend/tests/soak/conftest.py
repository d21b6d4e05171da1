"""The long tests stand on the same application, people and windows as the others."""

from __future__ import annotations

from tests.e2e.conftest import browser, product, pytest_runtest_makereport, visit
from tests.integration.conftest import ana, app, bob, models

__all__ = ["ana", "app", "bob", "browser", "models", "product", "pytest_runtest_makereport", "visit"]
