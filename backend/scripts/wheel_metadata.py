"""Gives the wheel the packages of the lock: what is installed with it is what was tested."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

_LOCKED = re.compile(r"^([A-Za-z0-9._-]+(?:\[[^\]]*\])?==[^\s;\\]+(?:\s*;[^\\]+?)?)\s*\\?$", re.MULTILINE)


class LockedDependencies(MetadataHookInterface):
    """What hatchling asks for what is dynamic in pyproject.toml."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Fill in the dependencies."""
        lock = (Path(self.root) / "requirements.txt").read_text(encoding="utf-8")
        metadata["dependencies"] = [found.strip() for found in _LOCKED.findall(lock)]
