"""A copy of a PostgreSQL database, made with the program that comes with it."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from sqlalchemy import make_url

PROGRAM = "pg_dump"


def dump(database_url: str, target: Path) -> str | None:
    """Write the database to `target` (pg_dump's custom format, 0600). A sentence about why not, when it could not."""
    program = shutil.which(PROGRAM)
    if program is None:
        return f"{PROGRAM} is not installed here."
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    target.touch(mode=0o600)
    with tempfile.TemporaryDirectory() as folder:
        command = [program, "--format=custom", f"--file={target}", _connection(database_url, Path(folder))]
        done = subprocess.run(command, check=False, capture_output=True, text=True, stdin=subprocess.DEVNULL)  # noqa: S603 (no shell; the address is the operator's own)
    if done.returncode == 0:
        return None
    target.unlink(missing_ok=True)
    told = (done.stderr.strip().splitlines() or ["it told no reason"])[0]
    return f"{PROGRAM} failed ({told.removeprefix('pg_dump: ')})."


def _connection(database_url: str, folder: Path) -> str:
    """How to connect, the password in a file: everybody on the machine may read a command's words."""
    from psycopg import conninfo

    url = make_url(database_url).set(drivername="postgresql")
    parts: dict[str, Any] = conninfo.conninfo_to_dict(url.render_as_string(hide_password=False))
    password = parts.pop("password", None)
    if password:
        escaped = str(password).replace("\\", "\\\\").replace(":", "\\:")
        passfile = folder / "pgpass"
        passfile.touch(mode=0o600)
        passfile.write_text(f"*:*:*:*:{escaped}\n", encoding="utf-8")
        parts["passfile"] = str(passfile)
    return conninfo.make_conninfo(**parts)
