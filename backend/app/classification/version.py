"""The version that every verdict carries; raise it when the same mail may get another verdict."""

from __future__ import annotations

PIPELINE_VERSION = "3"
