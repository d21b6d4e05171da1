"""Every gate of `make check`: each named, timed, two at a time, all run even when one fails; the tests last.

Exit status 1 when a gate failed. The tests come last so that the output ends with pytest's own summary line;
they are not run when `--no-tests` is given.
"""

from __future__ import annotations

import argparse
import filecmp
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

BACKEND = Path(__file__).resolve().parents[1]
ROOT = BACKEND.parent
FRONTEND = ROOT / "frontend"
COMPOSE_FILE, COMPOSE_SCHEMA = "docker-compose.yml", "vendor.compose-spec"
BIN = BACKEND / ".venv" / "bin"
BUDGET_S = 43 * 60  # the aim is 15 minutes on two idle cores; a busy machine takes longer
_AT_ONCE = 2  # as many as there are cores at least


@dataclass(frozen=True)
class Gate:
    """One gate: a name, and what says whether it holds."""

    name: str
    holds: Callable[[], bool]


@dataclass(frozen=True)
class Result:
    name: str
    passed: bool
    seconds: float


def python(*command: str) -> Callable[[], bool]:
    """A gate that runs a tool of the virtual environment."""
    return lambda: succeeds([str(BIN / command[0]), *command[1:]], BACKEND)


def node(*command: str) -> Callable[[], bool]:
    """A gate that runs a script of the page's package.json."""
    return lambda: succeeds(["npm", "run", "--silent", *command], FRONTEND)


def succeeds(command: list[str], folder: Path) -> bool:
    """Whether the command ends well; what it says is shown only when it does not."""
    done = subprocess.run(
        command, cwd=folder, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    if done.returncode != 0:
        sys.stdout.write(done.stdout)
    return done.returncode == 0


def client_is_current() -> bool:
    """Whether the page's typed client is what the committed openapi.json gives."""
    committed = FRONTEND / "src" / "api" / "schema.d.ts"
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / "schema.d.ts"
        tool = str(FRONTEND / "node_modules" / ".bin" / "openapi-typescript")
        if not succeeds([tool, str(BACKEND / "openapi.json"), "-o", str(fresh)], FRONTEND):
            return False
        if filecmp.cmp(committed, fresh, shallow=False):
            return True
    sys.stdout.write(f"{committed} is out of date: run `make client`.\n")
    return False


def page_is_small_enough() -> bool:
    """Whether the page builds, and is within its budget."""
    return succeeds(["sh", str(BACKEND / "scripts" / "prepare.sh"), "page"], BACKEND) and node("size")()


GATES = (
    Gate("ruff format", python("ruff", "format", "--check", ".")),
    Gate("ruff", python("ruff", "check", ".")),
    Gate("mypy", python("mypy")),
    Gate("import-linter", python("lint-imports")),
    Gate("Dockerfile", python("hadolint", str(ROOT / "Dockerfile"))),
    Gate("compose", python("check-jsonschema", "--builtin-schema", COMPOSE_SCHEMA, str(ROOT / COMPOSE_FILE))),
    Gate("openapi.json", python("python", "-m", "app", "openapi", "--check")),
    Gate("typed client", client_is_current),
    Gate("tsc", node("types")),
    Gate("eslint", node("lint")),
    Gate("vitest", node("test")),
    Gate("page and size", page_is_small_enough),
)


def judge(gate: Gate) -> Result:
    """Run one gate and say at once how it went."""
    began = time.monotonic()
    passed = gate.holds()
    result = Result(gate.name, passed, time.monotonic() - began)
    show(result)
    return result


def show(result: Result) -> None:
    sys.stdout.write(
        f"  {'ok    ' if result.passed else 'FAILED'}  {result.name:<16}{result.seconds:7.1f} s\n"
    )
    sys.stdout.flush()


def main() -> int:
    """Run all gates, then the tests."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--no-tests", action="store_true")
    options = parser.parse_args()
    os.environ.pop("FORCE_COLOR", None)
    began = time.monotonic()
    with ThreadPoolExecutor(_AT_ONCE) as lanes:
        results = list(lanes.map(judge, GATES))
    failed = [each.name for each in results if not each.passed]
    spent = time.monotonic() - began
    verdict = f"failed: {', '.join(failed)}" if failed else f"all {len(results)} gates hold"
    sys.stdout.write(f"\n{verdict} ({spent:.0f} s)\n\n")
    sys.stdout.flush()
    if options.no_tests:
        return int(bool(failed))
    left = max(60.0, BUDGET_S - spent)
    tests = [
        *(str(BIN / "pytest"), "-m", "not soak and not live"),
        *("-n", "3"),  # they wait for servers half of the time
        *("--budgets", f"--within={left:.0f}", "--durations=25"),
    ]
    status = subprocess.run(tests, cwd=BACKEND, check=False).returncode
    return int(bool(failed) or status != 0)


if __name__ == "__main__":
    sys.exit(main())
