"""A server that speaks both wire formats, OpenAI's and Anthropic's, and misbehaves as it is told.

Faults are taken from the front of `faults`, one per request; when there are none left, `always` applies. A fault
is a function of the request that returns what to do instead of answering well, or None.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

from tests.fakes.llm_model import answer_for, tokens_of, written


@dataclass(frozen=True)
class Asked:
    """One request as it came in. `form`: json_schema, json_object, tool or text."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]
    system: str
    user: str
    turns: int
    form: str


@dataclass(frozen=True)
class Told:
    """What to send back: a status with a body, or words in a well-formed answer."""

    status: int = 200
    text: str | None = None
    body: Any = None
    raw: bytes | None = None
    headers: dict[str, str] = field(default_factory=dict)
    cut_off: bool = False
    usage: bool = True
    hang_up: bool = False
    after_s: float = 0.0


Fault = Callable[[Asked], "Told | None"]


class FakeLlm:
    """The server; `asked` holds every request, `most_at_once` how many were under way at the same time."""

    def __init__(self, *, latency_s: float = 0.0, key: str = "a-key") -> None:
        self.latency_s, self.key = latency_s, key
        self.asked: list[Asked] = []
        self.faults: list[Fault] = []
        self.always: Fault | None = None
        self.most_at_once = 0
        self._at_once = 0
        self._lock = threading.Lock()
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.fake = self

    @property
    def openai_url(self) -> str:
        return f"{self.root}/v1"

    @property
    def root(self) -> str:
        """The base address for Anthropic's format."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()

    def respond(self, asked: Asked) -> Told:
        with self._lock:
            self.asked.append(asked)
            fault = self.faults.pop(0) if self.faults else self.always
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)
        try:
            time.sleep(self.latency_s)
            given = asked.headers.get("authorization", "").removeprefix("Bearer ")
            if (given or asked.headers.get("x-api-key", "")) != self.key:
                return Told(401, body=_error("invalid_api_key", f"Incorrect API key provided: {given}"))
            told = fault(asked) if fault else None
            told = told or Told(text=written(answer_for(asked.user)))
            time.sleep(told.after_s)
            return told
        finally:
            with self._lock:
                self._at_once -= 1


class _Server(ThreadingHTTPServer):
    fake: FakeLlm
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is no news."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        anthropic = self.path.endswith("/messages")
        asked = _asked(self.path, {k.lower(): v for k, v in self.headers.items()}, body, anthropic=anthropic)
        told = self.server.fake.respond(asked)
        if told.hang_up:
            self.close_connection = True
            return
        payload = told.raw if told.raw is not None else json.dumps(_payload(asked, told, anthropic)).encode()
        self.send_response(told.status)
        for name, value in {"Content-Type": "application/json", **told.headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(payload)))
        self.end_headers()
        self.wfile.write(payload)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Quiet."""


def _asked(path: str, headers: dict[str, str], body: dict[str, Any], *, anthropic: bool) -> Asked:
    messages = body["messages"]
    system = body.get("system", "") if anthropic else messages[0]["content"]
    said = [m["content"] for m in messages if m["role"] == "user"]
    if anthropic:
        form = "json_schema" if "output_config" in body else "tool" if "tools" in body else "text"
    else:
        form = body.get("response_format", {}).get("type", "text")
    return Asked(path, headers, body, system, said[0], len(said), form)


def _payload(asked: Asked, told: Told, anthropic: bool) -> Any:
    if told.body is not None:
        return told.body
    text = told.text or ""
    used = (tokens_of(asked.system + asked.user), tokens_of(text))
    if anthropic:
        return _message(asked, told, text, used)
    usage = {"prompt_tokens": used[0], "completion_tokens": used[1], "total_tokens": sum(used)}
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": asked.body["model"],
        "choices": [
            {
                "index": 0,
                "finish_reason": "length" if told.cut_off else "stop",
                "message": {"role": "assistant", "content": text},
            }
        ],
        **({"usage": usage} if told.usage else {}),
    }


def _message(asked: Asked, told: Told, text: str, used: tuple[int, int]) -> Any:
    block: dict[str, Any] = {"type": "text", "text": text}
    if asked.form == "tool" and not told.cut_off:
        block = {"type": "tool_use", "id": "toolu_1", "name": asked.body["tools"][0]["name"]}
        block["input"] = json.loads(text)
    return {
        "id": "msg_1",
        "type": "message",
        "role": "assistant",
        "model": asked.body["model"],
        "content": [block],
        "stop_reason": "max_tokens" if told.cut_off else "end_turn",
        "stop_sequence": None,
        "usage": {"input_tokens": used[0], "output_tokens": used[1]},
    }


def _error(code: str, message: str) -> dict[str, Any]:
    return {"type": "error", "error": {"type": code, "code": code, "message": message}}


def refuse(status: int, code: str = "", message: str = "no", **headers: str) -> Fault:
    """Answer with an error status. Header names with `_` for `-`."""
    told = Told(
        status, body=_error(code, message), headers={k.replace("_", "-"): v for k, v in headers.items()}
    )
    return lambda _asked: told


def say(text: str, *, cut_off: bool = False, usage: bool = True) -> Fault:
    """Answer with these words, whatever was asked."""
    return lambda _asked: Told(text=text, cut_off=cut_off, usage=usage)


def refuse_forms(*forms: str) -> Fault:
    """Know nothing of these ways to ask for a form."""

    def fault(asked: Asked) -> Told | None:
        if asked.form in forms:
            return Told(400, body=_error("invalid_request_error", f"{asked.form} is not supported"))
        return None

    return fault


def change(edit: Callable[[dict[str, Any]], Any]) -> Fault:
    """Lie: answer well, but with the content changed by `edit`, which returns the new content."""
    return lambda asked: Told(text=written(edit(answer_for(asked.user))))
