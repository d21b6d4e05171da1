"""The commands people type: what they say when something is missing, and where they look for files."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house import ROOT

TOOLS = ("sh", "dirname", "mkdir", "cat", "cksum", "find", "sort", "rm", "env")


def run(
    *command: str, cwd: Path = ROOT, path: Path | None = None, **variables: str
) -> subprocess.CompletedProcess[str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    environment = {**kept, "PWD": str(cwd), **variables}
    if path is not None:
        environment["PATH"] = str(path)
    return subprocess.run(command, cwd=cwd, env=environment, check=False, capture_output=True, text=True)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """The files that a start looks at before it installs anything, as in a fresh clone."""
    root = tmp_path / "a checkout"
    (root / "backend" / "scripts").mkdir(parents=True)
    (root / "frontend").mkdir()
    (root / "frontend" / "package.json").write_text("{}")
    for name in (
        "Makefile",
        "backend/run.sh",
        "backend/scripts/prepare.sh",
        "backend/scripts/choose_port.py",
    ):
        shutil.copy(ROOT / name, root / name)
    return root


@pytest.fixture
def bare_path(tmp_path: Path) -> Path:
    """A PATH with the tools of any Unix and nothing else."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in TOOLS:
        (folder / name).symlink_to(str(shutil.which(name)))
    return folder


def fake(folder: Path, name: str, script: str) -> None:
    (folder / name).write_text(f"#!/bin/sh\n{script}\n")
    (folder / name).chmod(0o755)


def test_preflight_says_everything_that_is_missing(checkout: Path, bare_path: Path) -> None:
    done = run("sh", "backend/run.sh", cwd=checkout, path=bare_path)
    assert done.returncode == 1
    python, node = done.stderr.strip().splitlines()
    assert python.startswith("Python 3.11 or newer is needed")
    assert node.startswith("Node.js 20.19 or newer is needed")


def test_preflight_names_a_node_that_is_too_old(checkout: Path, bare_path: Path) -> None:
    fake(bare_path, "python3", "exit 0")
    fake(bare_path, "npm", "exit 0")
    fake(bare_path, "node", 'if [ "$1" = --version ]; then echo v18.20.4; else exit 1; fi')
    done = run("sh", "backend/run.sh", cwd=checkout, path=bare_path)
    assert done.returncode == 1
    assert done.stderr.strip() == "Node.js 20.19 or newer is needed to build the page; this is v18.20.4."


def test_preflight_names_the_package_of_a_python_without_venv(checkout: Path, bare_path: Path) -> None:
    fake(bare_path, "python3", 'case "$2" in *ensurepip*) exit 1 ;; esac')
    fake(bare_path, "npm", "exit 0")
    fake(bare_path, "node", "exit 0")
    done = run("sh", "backend/run.sh", cwd=checkout, path=bare_path)
    assert done.returncode == 1
    assert "python3-venv" in done.stderr


def choose_port(checkout: Path, given: str = "") -> subprocess.CompletedProcess[str]:
    script = checkout / "backend" / "scripts" / "choose_port.py"
    return run(sys.executable, str(script), cwd=checkout, PORT=given)


def test_a_given_port_never_moves(checkout: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = choose_port(checkout, port)
        (checkout / ".env").write_text(f"# mine\nport = '{port}'\n")
        from_file = choose_port(checkout)
    assert done.returncode == from_file.returncode == 1
    assert done.stderr == from_file.stderr
    assert done.stderr.strip() == (
        f"error: Port {port} of 127.0.0.1 is taken: stop what uses it, or give another PORT."
    )


def test_the_default_port_moves_to_a_free_one(checkout: Path) -> None:
    first = int(choose_port(checkout).stdout)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", first))
        taken.listen()
        assert first < int(choose_port(checkout).stdout) < 8050


def test_a_port_that_is_none_is_refused(checkout: Path) -> None:
    assert "no port number" in choose_port(checkout, "eighty").stderr


def test_make_lists_its_commands() -> None:
    listed = run("make").stdout
    assert all(f"  {name} " in listed for name in ("run", "test", "check", "e2e", "import", "clean"))


@pytest.mark.parametrize("with_folder", [True, False], ids=["make -C", "make -f"])
def test_paths_are_meant_from_the_callers_folder(tmp_path: Path, with_folder: bool) -> None:
    (tmp_path / "my mails.jsonl").write_text("no labelled mail\n")
    where = ("-C", str(ROOT)) if with_folder else ("-f", str(ROOT / "Makefile"))
    done = run("make", *where, "eval", "DATA=my mails.jsonl", cwd=tmp_path)
    assert done.returncode != 0
    assert "my mails.jsonl" in done.stderr
    assert "No such file" not in done.stderr


def test_import_says_what_it_needs() -> None:
    assert "make import FILE=PATH AS=USERNAME" in run("make", "import").stderr
    assert "make import FILE=PATH AS=USERNAME" in run("make", "import", "FILE=x").stderr
