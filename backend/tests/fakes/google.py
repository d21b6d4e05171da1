"""A Google to test against: OAuth, Gmail and a calendar as a real HTTP server on loopback.

In tests: `with FakeGoogle() as google: google.mailbox("ana@example.com").add(raw)`. By hand or for a browser:
`python -m tests.fakes.google --port 9100 --messages 2000`, which prints the environment to start Jobtrail
with.

Faults, latency, the quota and its clock are fields of `FaultPlan`, set by `google.faults.set(...)` or by
`POST /__fake/plan` with JSON; `google.faults.limit("2026")` enforces Google's quota. What happens to a mailbox
during a sync is scripted by `google.faults.after(calls, action)`, or done from outside: `POST /__fake/mail`
(a message), `delete?id=`, `relabel?id=&add=&remove=`, `forget-history`, `expire` and `revoke` (tokens), each with
`address=` when there are several mailboxes. `POST /__fake/tokens` gives credentials without the consent page,
`GET /__fake/state` and `/__fake/log` tell what was asked.
"""

from __future__ import annotations

import argparse
import json
import sys
import threading
import time
from dataclasses import asdict
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

from tests.fakes.google_calendar import CalendarApi
from tests.fakes.google_drafts import Drafts
from tests.fakes.google_faults import PRICES, Faults, Reply
from tests.fakes.google_gmail import GmailApi
from tests.fakes.google_mailbox import Mailbox
from tests.fakes.google_mails import add_conversations, generate_mailbox
from tests.fakes.google_oauth import CLIENT_ID, CLIENT_SECRET, OAuth
from tests.fakes.google_people import sub_of

READ_SCOPE = "https://www.googleapis.com/auth/gmail.readonly"


class FakeGoogle:
    """The server and what it knows. Port 0 picks a free one."""

    def __init__(self, port: int = 0) -> None:
        self.faults = Faults()
        self.mailboxes: dict[str, Mailbox] = {}
        self.oauth = OAuth(self.mailboxes, self.faults)
        self.gmail = GmailApi(self.mailboxes, self.faults, self.oauth.authenticate)
        self.drafts = Drafts(self.mailboxes, self.faults, self.oauth.authenticate)
        self.calendar = CalendarApi(self.faults, self.oauth.authenticate)
        handler = type("Handler", (_Handler,), {"google": self})
        self._server = _Server(("127.0.0.1", port), handler)
        self.people = self.oauth.people
        self.oauth.base = self.url
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def mailbox(self, address: str) -> Mailbox:
        """The mailbox of that address, made when there is none."""
        return self.mailboxes.setdefault(address, Mailbox(address))

    def adopt(self, mailbox: Mailbox) -> Mailbox:
        self.mailboxes[mailbox.address] = mailbox
        return mailbox

    def client_json(self, kind: str = "web") -> dict[str, Any]:
        """An OAuth client in Google's format whose endpoints are here."""
        client = {
            "client_id": CLIENT_ID,
            "client_secret": CLIENT_SECRET,
            "project_id": "jobtrail-tests",
            "auth_uri": f"{self.url}/o/oauth2/v2/auth",
            "token_uri": f"{self.url}/token",
            "redirect_uris": ["http://localhost:8000/api/gmail/callback"],
        }
        return {kind: client}

    def environment(self) -> dict[str, str]:
        """What to start Jobtrail with."""
        return {
            "GMAIL_CREDENTIALS_JSON": json.dumps(self.client_json()),
            "GMAIL_API_BASE_URL": self.url,
            "GOOGLE_REVOKE_URL": f"{self.url}/revoke",
        }

    def sign_in_environment(self) -> dict[str, str]:
        """What to start Jobtrail with so that people may sign in with this Google."""
        return {
            "GOOGLE_CLIENT_ID": CLIENT_ID,
            "GOOGLE_CLIENT_SECRET": CLIENT_SECRET,
            "GOOGLE_ISSUER": self.url,
        }

    def credentials(self, address: str, scopes: tuple[str, ...] = (READ_SCOPE,)) -> dict[str, Any]:
        """Tokens for a mailbox, as a token endpoint's answer, without the consent page."""
        return self.oauth.grant(address, list(scopes))

    def start(self) -> Self:
        self._thread.start()
        return self

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(timeout=5)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def answer(self, method: str, target: str, headers: Any, body: bytes) -> Reply:
        """Route one request."""
        url = urlsplit(target)
        authorization = headers.get("Authorization", "")
        if url.path.startswith("/__fake/"):
            return self._control(method, url.path.removeprefix("/__fake/"), parse_qs(url.query), body)
        if reply := self._sign_in(method, url.path, url.query, body, authorization):
            return reply
        fault = self.faults.draw_request()
        if fault == "hang":
            time.sleep(self.faults.plan.hang_s)
        elif fault in ("truncated", "not_json", "dropped"):
            return Reply(body={"half": "a body that ends too early"}, fault=fault)
        elif fault:
            return self.faults.error_reply(fault)
        if method == "POST" and url.path in self.faults.plan.batch_paths:
            return self.gmail.batch(headers.get("Content-Type", ""), body, authorization)
        if method == "POST" and headers.get("X-HTTP-Method-Override", "").upper() == "GET":
            method, target = "GET", f"{url.path}?{body.decode()}"
        if self.faults.odd_answers:
            return Reply(body=self.faults.odd_answers.pop(0))
        for api in (self.drafts, self.calendar):
            if api.knows(url.path):
                return api.call(method, target, authorization, body)
        return self.gmail.call(method, target, authorization)

    def _sign_in(self, method: str, path: str, query: str, body: bytes, authorization: str) -> Reply | None:
        form = parse_qs(body.decode(errors="replace"), keep_blank_values=True) if method == "POST" else {}
        one = {name: values[0] for name, values in form.items()}
        if path == "/o/oauth2/v2/auth" and method == "GET":
            return self.oauth.consent_page({k: v[0] for k, v in parse_qs(query).items()})
        if path == "/o/oauth2/v2/decision" and method == "POST":
            return self.oauth.decide(form)
        if path == "/token" and method == "POST":
            return self.oauth.token(one, authorization)
        if path == "/.well-known/openid-configuration":
            return Reply(body=self.people.configuration(self.url))
        if path == "/oauth2/v3/certs":
            return Reply(body=self.people.keys())
        if path == "/revoke" and method == "POST":
            token = one.get("token") or parse_qs(query).get("token", [""])[0]
            return self.oauth.revoke(token)
        if path == "/oauth2/v3/userinfo":
            who = self.oauth.authenticate(authorization.removeprefix("Bearer "))
            if who is None:
                return self.faults.error_reply("401")
            return Reply(body={"sub": sub_of(who[0]), "email": who[0], "email_verified": True})
        return None

    def _control(self, method: str, name: str, query: dict[str, list[str]], body: bytes) -> Reply:
        address = query.get("address", [next(iter(self.mailboxes), "")])[0]
        if method == "GET" and name == "state":
            sizes = {box.address: len(box.messages) for box in self.mailboxes.values()}
            meter = {
                "units": self.faults.units,
                "refused": self.faults.refused,
                "calls": dict(self.faults.calls),
            }
            requests = sum(1 for entry in self.faults.log if entry["kind"] == "request")
            plan = asdict(self.faults.plan)
            return Reply(body={"plan": plan, "mailboxes": sizes, "requests": requests, **meter})
        if method == "GET" and name == "log":
            return Reply(body=self.faults.log)
        if name == "plan":
            self.faults.set(**json.loads(body))
        elif name == "mail":
            added = self.mailbox(address).add(body, query.get("label", ["INBOX"]))
            return Reply(body={"id": added})
        elif name == "ids":
            newest = self.mailbox(address).find("")[: int(query["limit"][0])]
            return Reply(body=[{"id": message.id} for message in newest])
        elif name == "tokens":
            return Reply(body=self.credentials(address))
        elif name == "revoke":
            self.oauth.revoke_address(address)
        elif name == "expire":
            self.oauth.expire_access_tokens()
        elif name == "forget-history":
            self.mailbox(address).forget_history()
        elif name == "delete":
            self.mailbox(address).delete(query["id"][0])
        elif name == "relabel":
            self.mailbox(address).relabel(query["id"][0], query.get("add", []), query.get("remove", []))
        else:
            return Reply(404, {"error": name})
        return Reply(body={"ok": True})


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 64


class _Handler(BaseHTTPRequestHandler):
    google: FakeGoogle
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = 1 << 16

    def do_GET(self) -> None:
        self._serve(b"")

    def do_POST(self) -> None:
        self._serve(self.rfile.read(int(self.headers.get("Content-Length") or 0)))

    def do_PUT(self) -> None:
        self.do_POST()

    def _serve(self, body: bytes) -> None:
        if self.google.faults.plan.latency_s:
            time.sleep(self.google.faults.plan.latency_s)
        reply = self.google.answer(self.command, self.path, self.headers, body)
        if not self.path.startswith("/__fake/"):
            override = self.headers.get("X-HTTP-Method-Override", "")
            self.google.faults.note(
                kind="request",
                method=self.command,
                path=self.path[:300],
                status=reply.status,
                override=override,
            )
        if reply.fault == "dropped":
            self.close_connection = True
            return
        content = reply.body if isinstance(reply.body, bytes) else json.dumps(reply.body).encode()
        if reply.fault == "not_json":
            content = b"<html>Sign in to the network</html>"
        self.send_response(reply.status)
        for name, value in ({"Content-Type": "application/json; charset=UTF-8"} | reply.headers).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if reply.fault == "truncated":
            content = content[: len(content) // 2]
            self.close_connection = True
        self.wfile.write(content)
        self.wfile.flush()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (the standard library's name)
        """Quiet: tests read `faults.log`."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=9100)
    parser.add_argument("--messages", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--address", default="ana.testperson@example.com")
    parser.add_argument("--latency", type=float, default=0.0, help="seconds per request")
    parser.add_argument("--threads", type=int, default=0, help="conversations of 2 to 7 mails besides")
    parser.add_argument("--quota", choices=sorted(PRICES), help="enforce Google's quota of that profile")
    parser.add_argument("--minute", type=float, default=60.0, help="seconds that a minute of the quota takes")
    given = parser.parse_args()
    google = FakeGoogle(given.port)
    box = google.adopt(generate_mailbox(given.messages, given.seed, given.address))
    add_conversations(box, given.threads)
    google.faults.set(latency_s=given.latency)
    if given.quota:
        google.faults.limit(given.quota, given.minute)
    google.start()
    environment = google.environment() | google.sign_in_environment()
    lines = [f"{name}='{value}'" for name, value in environment.items()]
    sys.stdout.write("\n".join([*lines, f"ready {google.url}", ""]))
    sys.stdout.flush()
    threading.Event().wait()


if __name__ == "__main__":
    main()
