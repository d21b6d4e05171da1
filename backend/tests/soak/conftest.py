"""The long tests stand on the same application and people as the integration tests."""

from __future__ import annotations

from tests.integration.conftest import ana, app, bob, models

__all__ = ["ana", "app", "bob", "models"]
