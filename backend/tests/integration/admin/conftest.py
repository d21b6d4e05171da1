"""The doctor's patients have the same Google as the syncs' people."""

from __future__ import annotations

from tests.integration.mailsync.conftest import app_settings, box, google

__all__ = ["app_settings", "box", "google"]
