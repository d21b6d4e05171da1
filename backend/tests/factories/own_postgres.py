"""A PostgreSQL of one test's own that can be killed and started again with the same data."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Self

import psutil
import psycopg
from psycopg import sql
from sqlalchemy.engine import URL

from tests import servers


class OwnPostgres:
    """It keeps what it has committed, whenever it is killed: the others of the tests are faster and would not."""

    def __init__(self) -> None:
        self._files = Path(tempfile.mkdtemp(prefix="jobtrail-postgres-"))
        self._account = servers._unprivileged_account()
        if self._account is not None:
            os.chown(self._files, self._account.pw_uid, self._account.pw_gid)
        self._binaries = servers._postgres_binaries(self._files, self._account)
        servers._initialise(self._binaries, self._files, self._account, "a-secret-of-the-tests")
        port = servers.free_port()
        self._options = {
            **servers._POSTGRES_OPTIONS,
            "synchronous_commit": "on",
            "full_page_writes": "on",
            "listen_addresses": "127.0.0.1",
            "port": str(port),
        }
        secret = "a-secret-of-the-tests"
        self._server = URL.create("postgresql+psycopg", "jobtrail", secret, "127.0.0.1", port, "postgres")
        self.url = self._server.render_as_string(hide_password=False)
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> Self:
        command = [str(self._binaries / "postgres"), "-D", str(self._files / "data")]
        command += [f"--{key}={value}" for key, value in self._options.items()]
        log = self._files / "postgres.log"
        self._process = servers._launch(command, log, **servers._run_as(self._files, self._account))
        servers._wait_until(self._answers, self._process, log, "PostgreSQL")
        return self

    def kill(self) -> None:
        """SIGKILL it and all its children, as when the machine runs out of memory."""
        if self._process is None:
            return
        family = psutil.Process(self._process.pid).children(recursive=True)
        self._process.kill()
        self._process.wait()
        for child in family:
            with contextlib.suppress(psutil.NoSuchProcess):
                child.kill()
        psutil.wait_procs(family, timeout=20)
        self._process = None

    def remove(self) -> None:
        self.kill()
        shutil.rmtree(self._files, ignore_errors=True)

    def _answers(self) -> bool:
        try:
            servers._admin(self._server, sql.SQL("SELECT 1"))
        except psycopg.OperationalError:
            return False
        return True
