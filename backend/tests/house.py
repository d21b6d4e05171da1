"""Reading the project's own source for the house rules: files, calls, imports, and the way out of a rule."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

BACKEND = Path(__file__).resolve().parents[1]
ROOT = BACKEND.parent
APP = BACKEND / "app"
_EXCUSE = re.compile(r"(#|//) house: \S")


@dataclass(frozen=True)
class Import:
    """One name imported from our own package: `from app.<room>.<inside> import <name>`."""

    line: int
    room: str
    inside: str
    name: str


@lru_cache(maxsize=1)
def app_files() -> tuple[Path, ...]:
    """Every Python file of the application."""
    return tuple(sorted(APP.rglob("*.py")))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def room_of(path: Path) -> str | None:
    """The room a file belongs to; None for those above all rooms (main, wiring, cli)."""
    parts = path.relative_to(APP).parts
    return parts[0] if len(parts) > 1 else None


def calls(path: Path, matches: Callable[[ast.Call], bool]) -> Iterator[str]:
    """`file:line` of each matching call whose line has no `# house: <reason>` comment."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and matches(node) and not is_excused(path, node.lineno):
            yield where(path, node.lineno)


def uses(path: Path, owner: str, names: set[str]) -> Iterator[str]:
    """`file:line` of each `owner.name`, called or not, and of each such name imported from `owner`."""
    for node in ast.walk(tree(path)):
        if (isinstance(node, ast.Attribute) and node.attr in names and spelled(node.value) == owner) or (
            isinstance(node, ast.ImportFrom) and node.module == owner and names & {a.name for a in node.names}
        ):
            line = node.lineno
        else:
            continue
        if not is_excused(path, line):
            yield where(path, line)


def own_imports(path: Path) -> Iterator[Import]:
    """What a file imports from `app`, wherever in the file, excused lines left out."""
    for node in ast.walk(tree(path)):
        if not isinstance(node, ast.Import | ast.ImportFrom) or is_excused(path, node.lineno):
            continue
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield from _own(node.lineno, alias.name, "")
        elif node.module is not None and node.level == 0:
            for alias in node.names:
                yield from _own(node.lineno, node.module, alias.name)


def _own(line: int, module: str, name: str) -> Iterator[Import]:
    package, _, rest = module.partition(".")
    if package != "app":
        return
    if not rest:
        rest, name = name, ""
    room, _, inside = rest.partition(".")
    if not inside and name and (_is_module(room, name)):
        inside, name = name, ""
    yield Import(line, room, inside, name)


def _is_module(room: str, name: str) -> bool:
    return (APP / room / f"{name}.py").exists() or (APP / room / name / "__init__.py").exists()


def spelled(node: ast.AST) -> str:
    """A dotted name as it is written; empty for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{spelled(node.value)}.{node.attr}"
    return ""


def where(path: Path, line: int) -> str:
    return f"{path.relative_to(ROOT)}:{line}"


def is_excused(path: Path, line: int) -> bool:
    """Whether the line, or a comment of its own just above it, says why the rule does not hold here."""
    lines = _lines(path)
    above = lines[line - 2].strip() if line > 1 else ""
    return bool(_EXCUSE.search(lines[line - 1]) or (above.startswith(("#", "//")) and _EXCUSE.search(above)))


@cache
def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()
