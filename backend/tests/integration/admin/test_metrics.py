"""What a Prometheus is told, and whom nothing is told."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from fastapi import FastAPI
from prometheus_client.parser import text_string_to_metric_families
from pydantic import SecretStr

from app.core import db as database
from app.core.settings import Settings, SettingsError
from app.runs.models import RunState
from tests.factories.accounts import ELSEWHERE, client_from
from tests.factories.settings import make_settings
from tests.house import BACKEND
from tests.integration.admin.test_operating import finish, start
from tests.integration.conftest import Person

TOKEN = "a-token-of-the-tests"
Samples = dict[tuple[str, frozenset[tuple[str, str]]], float]


def read(text: str) -> Samples:
    """Each sample by its name and labels."""
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def value(samples: Samples, name: str, **labels: str) -> float:
    return samples[name, frozenset(labels.items())]


def test_work_requests_and_connections_are_told(ana: Person, bob: Person, app: FastAPI) -> None:
    finish(start(ana.id), RunState.DONE, after_s=4, processed=7, created=5, result={"judged": 4})
    finish(start(bob.id), RunState.ERROR, after_s=1)
    start(bob.id, "prediction", state=RunState.RUNNING)
    assert ana.http.get("/api/runs/nothing-of-hers").status_code == 404
    assert ana.http.get("/no-such-page.png").status_code == 404
    answer = client_from(app).get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    found = read(answer.text)

    assert value(found, "jobtrail_runs_total", kind="verify", state="done") == 1
    assert value(found, "jobtrail_runs_total", kind="verify", state="error") == 1
    assert value(found, "jobtrail_run_duration_seconds_sum", kind="verify", state="done") == pytest.approx(
        4, abs=1
    )
    assert value(found, "jobtrail_mails_total", kind="verify", outcome="stored") == 5
    assert value(found, "jobtrail_mails_total", kind="verify", outcome="judged") == 4
    assert value(found, "jobtrail_queue_runs", kind="prediction", state="running") == 1
    assert value(found, "jobtrail_llm_cost_usd_total") == 0
    assert value(found, "jobtrail_users") == 2
    assert value(found, "jobtrail_database_up") == 1
    assert ("jobtrail_db_connections", frozenset({("state", "in_use")})) in found
    route = {"method": "GET", "route": "/api/runs/{run_id}"}
    assert value(found, "jobtrail_http_requests_total", status="404", **route) >= 1
    assert value(found, "jobtrail_http_request_duration_seconds_count", **route) >= 1
    assert value(found, "jobtrail_http_requests_total", status="404", method="GET", route="none") >= 1
    assert "nothing-of-hers" not in answer.text
    assert "ana" not in {word for _, labels in found for _, word in labels}


def test_only_this_machine_and_who_has_the_token_are_told(
    app_settings: Settings, db: None, app: FastAPI
) -> None:
    def ask(address: tuple[str, int] = ELSEWHERE, host: str = "localhost:8000", **headers: str) -> int:
        with client_from(app, address, f"http://{host}") as client:
            return client.get("/metrics", headers=headers).status_code

    here = ("127.0.0.1", 4711)
    assert ask(here) == 200
    assert ask() == 401
    assert ask(host="jobtrail.internal:8000") == 401
    assert ask(here, host="evil.example") == 401, "a page elsewhere whose name leads here"
    proxied = {"X-Forwarded-For": "203.0.113.9"}
    assert ask(here, **proxied) == 401, "a proxy on this machine speaks for others"
    assert ask(Authorization="Bearer ") == 401

    app_settings.metrics_token = SecretStr(TOKEN)
    assert ask(Authorization=f"Bearer {TOKEN}") == 200
    assert ask(host="jobtrail.internal:8000", Authorization=f"Bearer {TOKEN}") == 200, (
        "any name, as for health"
    )
    assert ask(Authorization=f"Bearer {TOKEN}x") == 401
    assert ask(Authorization=f"Basic {TOKEN}") == 401


@pytest.mark.one_database
def test_a_database_that_is_gone_is_told_too(app_settings: Settings, db: None, app: FastAPI) -> None:
    client = client_from(app)
    database.dispose()
    found = read(client.get("/metrics").text)
    assert value(found, "jobtrail_database_up") == 0
    assert any(name == "jobtrail_http_requests_total" for name, _ in found)


COUNT = """
import sys
from app.core import metrics
from app.core.settings import load_settings, use_settings
settings = load_settings()
use_settings(settings)
metrics.forget_dead_processes(settings)
for _ in range(int(sys.argv[1])):
    metrics.count_request("GET", "/api/runs", 200, 0.01)
    metrics.count_quota_wait("gmail", 2.0)
if sys.argv[2] == "wait":
    print("ready", flush=True)
    sys.stdin.readline()
else:
    print(metrics.render(lambda: [])[0].decode())
"""


def test_processes_of_one_machine_tell_what_all_have_counted(tmp_path: Path) -> None:
    """The folder is named in an `.env`-like way: by our settings, before the library is loaded."""
    folder = tmp_path / "figures"
    folder.mkdir()
    (folder / "counter_999999999.db").write_bytes(b"of a process that is gone")
    environment = os.environ | {"PROMETHEUS_MULTIPROC_DIR": str(folder), "DATA_DIR": str(tmp_path)}
    command = [sys.executable, "-c", COUNT]
    with subprocess.Popen(
        [*command, "3", "wait"],
        cwd=BACKEND,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "ready\n"
        told = subprocess.run(
            [*command, "4", "tell"], cwd=BACKEND, env=environment, capture_output=True, text=True, check=True
        ).stdout
        other.communicate("\n", timeout=20)
    found = read(told)
    assert value(found, "jobtrail_http_requests_total", method="GET", route="/api/runs", status="200") == 7
    assert value(found, "jobtrail_quota_wait_seconds_sum", provider="gmail") == 14
    assert not (folder / "counter_999999999.db").exists()


@pytest.mark.one_database
def test_a_short_token_is_refused(app_settings: Settings) -> None:
    with pytest.raises(SettingsError, match="METRICS_TOKEN is too short"):
        make_settings(app_settings.database_url, app_settings.data_dir, metrics_token="short")
