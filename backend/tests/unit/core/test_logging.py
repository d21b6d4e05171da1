"""The log as machines read it: which request, whose, which run; and no secrets where something blows up."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from tests.house import BACKEND

# A process of its own: logging is set up once for all of a process.
APP = """
import sys
import structlog
from fastapi import FastAPI, Request
from fastapi.testclient import TestClient
from app.core.logging import configure_logging
from app.core.middleware import RequestContext
from app.core.settings import use_settings, Settings

settings = Settings(_env_file=None, log_format=sys.argv[1])
use_settings(settings)
configure_logging("INFO", sys.argv[1])
app = FastAPI()
app.add_middleware(RequestContext, settings=settings)

@app.get("/things/{thing_id}")
def get_thing(request: Request, thing_id: str):
    request.state.user_id = 7
    structlog.get_logger("room").info("thing_found", token="hidden-one")
    password = "hidden-two"
    if thing_id == "bad":
        raise RuntimeError("broken")
    return {}

client = TestClient(app, raise_server_exceptions=False)
client.get("/things/good?token=hidden-three", headers={"X-Request-ID": "abc", "Authorization": "Bearer hidden-four"})
client.get("/things/bad", headers={"X-Request-ID": "def", "Authorization": "Bearer hidden-four"})
with structlog.contextvars.bound_contextvars(run_id="r1", user_id=9):
    structlog.get_logger("runs").warning("run_failed")
"""


def logged(form: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", APP, form], cwd=BACKEND, capture_output=True, text=True, check=True
    )
    assert "hidden" not in done.stderr
    return done.stderr


def test_every_line_tells_its_request_its_user_and_its_run() -> None:
    lines: list[dict[str, Any]] = [json.loads(line) for line in logged("json").splitlines()]
    by_event = {(line["event"], line.get("request_id")): line for line in lines}
    found = by_event["thing_found", "abc"]
    assert (found["user_id"], found["level"], found["logger"]) == (7, "info", "room")
    assert found["timestamp"].endswith("Z")
    assert by_event["request", "abc"]["user_id"] == 7
    crash = by_event["request_crashed", "def"]
    assert (crash["user_id"], "RuntimeError: broken" in crash["exception"]) == (7, True)
    assert by_event["request", "def"]["status"] == 500
    run = by_event["run_failed", None]
    assert (run["run_id"], run["user_id"]) == ("r1", 9)


def test_people_see_what_broke_without_what_it_was_holding() -> None:
    text = logged("console")
    assert "RuntimeError: broken" in text
