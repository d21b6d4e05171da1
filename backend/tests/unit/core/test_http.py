"""The guarded client, against servers that try to lead it astray. Nothing here leaves this machine."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from app.core import egress, http, outgoing
from app.core.errors import AppError
from app.core.http import FetchFailed, FetchTooLarge, FetchTooSlow, fetch
from app.core.outgoing import HostNotAllowed, Offline, Purpose
from app.core.settings import use_settings
from tests.factories.settings import make_settings

MEGABYTE = 1024 * 1024


class Site(BaseHTTPRequestHandler):
    """Answers by its path, and keeps what it was asked."""

    asked: list[tuple[str, dict[str, str]]]
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        type(self).asked.append((self.path, dict(self.headers.items())))
        name, _, rest = self.path.lstrip("/").partition("/")
        getattr(self, f"_{name}")(rest)

    def _hello(self, _rest: str) -> None:
        self._answer(b"Hello", ("Content-Type", "text/plain; charset=utf-8"), ("Set-Cookie", "a=b"))

    def _missing(self, _rest: str) -> None:
        self._answer(b"No such page", status=404)

    def _to(self, rest: str) -> None:
        self._answer(b"", ("Location", rest), status=302)

    def _round(self, rest: str) -> None:
        left = int(rest)
        self._to(f"/round/{left - 1}" if left else "/hello")

    def _big(self, rest: str) -> None:
        self._answer(b"x" * int(rest))

    def _endless(self, _rest: str) -> None:
        self.send_response(200)
        self.end_headers()
        while True:
            self.wfile.write(b"x" * 65_536)

    def _bomb(self, _rest: str) -> None:
        self._answer(gzip.compress(b"\0" * 30 * MEGABYTE, 9), ("Content-Encoding", "gzip"))

    def _packed(self, _rest: str) -> None:
        self._answer(gzip.compress(b"Hello " * 1000), ("Content-Encoding", "gzip"))

    def _odd(self, _rest: str) -> None:
        self._answer(b"x", ("Content-Encoding", "br"))

    def _broken(self, _rest: str) -> None:
        self._answer(b"not gzip", ("Content-Encoding", "gzip"))

    def _drip(self, _rest: str) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
        for _ in range(100):
            self.wfile.write(b"y")
            time.sleep(0.05)

    def _answer(self, body: bytes, *headers: tuple[str, str], status: int = 200) -> None:
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: Any) -> None:
        return


class Quiet(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_args: Any) -> None:
        """Clients here break off on purpose."""


@pytest.fixture
def site() -> Iterator[Quiet]:
    handler = type("OneSite", (Site,), {"asked": []})
    server = Quiet(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture(autouse=True)
def settings(tmp_path: Path) -> None:
    use_settings(make_settings(f"sqlite:///{tmp_path / 'none.db'}", tmp_path))


def url_of(site: Quiet, path: str) -> str:
    return f"http://127.0.0.1:{site.server_port}{path}"


def asked(site: Quiet) -> list[str]:
    return [path for path, _ in site.RequestHandlerClass.asked]  # type: ignore[attr-defined]


def fetch_near(url: str, **more: Any) -> http.Fetched:
    """As for a webhook, which may stand on this machine."""
    return fetch(url, purpose=Purpose.WEBHOOK, **more)


def resolver(monkeypatch: pytest.MonkeyPatch, answers: dict[str, list[str]]) -> list[str]:
    """A resolver that knows these names; each question takes the next of the answers, and is kept."""
    questions: list[str] = []
    real = socket.getaddrinfo

    def ask(host: str, port: int, *args: Any, **kwargs: Any) -> Any:
        if host not in answers:
            return real(host, port, *args, **kwargs)
        questions.append(host)
        told = answers[host].pop(0) if len(answers[host]) > 1 else answers[host][0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port)) for each in told.split()]

    monkeypatch.setattr(socket, "getaddrinfo", ask)
    return questions


def wires(monkeypatch: pytest.MonkeyPatch, site: Quiet) -> list[str]:
    """A world in which every address is `site`; keeps which addresses were connected to."""
    connected: list[str] = []
    real = socket.create_connection

    def connect(address: tuple[str, int], *args: Any, **kwargs: Any) -> socket.socket:
        connected.append(address[0])
        return real(("127.0.0.1", site.server_port), *args, **kwargs)

    monkeypatch.setattr(socket, "create_connection", connect)
    return connected


def test_a_public_page_is_read_at_the_address_that_was_checked(
    site: Quiet, monkeypatch: pytest.MonkeyPatch
) -> None:
    questions = resolver(monkeypatch, {"jobs.example": ["93.184.216.34", "127.0.0.1"]})
    connected = wires(monkeypatch, site)
    found = fetch("http://jobs.example/hello")
    assert (found.status, found.content, found.media_type, found.charset) == (
        200,
        b"Hello",
        "text/plain",
        "utf-8",
    )
    assert (connected, questions) == (["93.184.216.34"], ["jobs.example"])
    _, headers = site.RequestHandlerClass.asked[0]  # type: ignore[attr-defined]
    assert headers["Host"] == "jobs.example"
    assert not {"Cookie", "Authorization", "Referer"} & set(headers)


def test_a_name_that_turns_private_is_refused_at_the_next_connection(
    site: Quiet, monkeypatch: pytest.MonkeyPatch
) -> None:
    resolver(monkeypatch, {"rebind.example": ["93.184.216.34", "127.0.0.1"]})
    wires(monkeypatch, site)
    fetch("http://rebind.example/hello")
    with pytest.raises(HostNotAllowed):
        fetch("http://rebind.example/hello")
    assert asked(site) == ["/hello"]


def test_one_private_address_among_public_ones_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    resolver(monkeypatch, {"mixed.example": ["93.184.216.34 10.0.0.7"]})
    with pytest.raises(HostNotAllowed):
        fetch("http://mixed.example/")


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "localhost", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "0x7f.1", "017700000001",
        "0.0.0.0", "10.0.0.1", "192.168.0.1", "169.254.169.254", "2852039166", "0xa9fea9fe", "[::1]", "[::]",
        "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[fd00:ec2::254]",
        "[fe80::1]", "[fc00::1]", "127.0.0.1.", "LOCALHOST", "%31%32%37.0.0.1", "\uff11\uff12\uff17.0.0.1",
    ],
)  # fmt: skip
def test_no_spelling_of_this_machine_or_its_network_is_read(site: Quiet, host: str) -> None:
    with pytest.raises((HostNotAllowed, FetchFailed)):
        fetch(f"http://{host}:{site.server_port}/hello")
    assert asked(site) == []


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd", "ftp://93.184.216.34/", "gopher://93.184.216.34/", "//93.184.216.34/", "http:///x",
        "javascript:alert(1)", "data:text/html,x", "http://user:word@93.184.216.34/", "http://jobs.example@127.0.0.1/",
        "http://jobs.example\\@127.0.0.1/", "http://127.0.0.1 /", "http://jobs.example/\r\nX: y", "", "http://[::1",
        "http://jobs.example:99999/", "unix:/run/x.sock", "http://" + "a" * 5000,
    ],
)  # fmt: skip
def test_what_is_no_plain_web_address_is_refused(url: str) -> None:
    with pytest.raises(HostNotAllowed):
        fetch(url)


def test_redirects_are_followed_as_far_as_five(site: Quiet) -> None:
    assert fetch_near(url_of(site, "/round/4")).content == b"Hello"
    with pytest.raises(FetchFailed):
        fetch_near(url_of(site, "/round/5"))


@pytest.mark.parametrize(
    "target",
    [
        "http://169.254.169.254/latest/meta-data/", "http://0xa9fea9fe/", "http://[fd00:ec2::254]/", "file:///etc/passwd",
        "http://x@127.0.0.1/", "//169.254.169.254/", "http://100.100.100.200/",
    ],
)  # fmt: skip
def test_redirects_lead_nowhere_else(site: Quiet, target: str) -> None:
    with pytest.raises(HostNotAllowed):
        fetch_near(url_of(site, f"/to/{target}"))
    assert len(asked(site)) == 1


def test_a_public_page_does_not_redirect_to_this_machine(
    site: Quiet, monkeypatch: pytest.MonkeyPatch
) -> None:
    resolver(monkeypatch, {"jobs.example": ["93.184.216.34"]})
    wires(monkeypatch, site)
    with pytest.raises(HostNotAllowed):
        fetch(f"http://jobs.example/to/{url_of(site, '/hello')}")
    assert len(asked(site)) == 1


def test_sizes_are_bounded_packed_and_unpacked(site: Quiet) -> None:
    assert len(fetch_near(url_of(site, f"/big/{5 * MEGABYTE}")).content) == 5 * MEGABYTE
    assert fetch_near(url_of(site, "/packed")).content == b"Hello " * 1000
    for path in (f"/big/{5 * MEGABYTE + 1}", "/endless", "/bomb"):
        with pytest.raises(FetchTooLarge):
            fetch_near(url_of(site, path))


def test_answers_that_make_no_sense_are_an_error_of_theirs(site: Quiet) -> None:
    for path in ("/odd", "/broken"):
        with pytest.raises(FetchFailed):
            fetch_near(url_of(site, path))
    assert fetch_near(url_of(site, "/missing")).status == 404


def test_a_server_that_drips_gets_no_more_than_the_time_there_is(site: Quiet) -> None:
    began = time.monotonic()
    with pytest.raises(FetchTooSlow):
        fetch_near(url_of(site, "/drip"), within_s=0.4)
    assert time.monotonic() - began < 3


def test_a_resolver_that_does_not_answer_gets_no_more_either(monkeypatch: pytest.MonkeyPatch) -> None:
    release = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_kwargs: release.wait(20))
    with pytest.raises(FetchTooSlow):
        fetch("http://slow.example/", within_s=0.3)
    release.set()


@pytest.mark.parametrize("purpose", list(Purpose))
def test_offline_lets_nothing_out_but_to_the_mail(tmp_path: Path, purpose: Purpose) -> None:
    use_settings(make_settings("sqlite://", tmp_path, offline=True))
    goes: AppError | None = None
    try:
        outgoing.permit(purpose, "example.com", 443)
        outgoing.addresses(purpose, "8.8.8.8", 443)
    except Offline as error:
        goes = error
    assert (goes is None) == (purpose in {Purpose.GMAIL, Purpose.IMAP})


def test_offline_fetches_nothing(site: Quiet, tmp_path: Path) -> None:
    use_settings(make_settings("sqlite://", tmp_path, offline=True))
    with pytest.raises(Offline):
        fetch_near(url_of(site, "/hello"))
    assert asked(site) == []


@pytest.mark.parametrize("purpose", [Purpose.IMAP, Purpose.LLM, Purpose.WEBHOOK, Purpose.WEB])
@pytest.mark.parametrize(
    ("more", "allowed"),
    [
        ({}, True),
        ({"host": "0.0.0.0"}, False),
        ({"host": "0.0.0.0", "allow_private_hosts": True}, True),
        ({"allow_private_hosts": False}, False),
    ],
)
def test_private_hosts_are_a_matter_of_the_setting(
    tmp_path: Path, purpose: Purpose, more: dict[str, Any], allowed: bool
) -> None:
    use_settings(make_settings("sqlite://", tmp_path, **more))
    goes = True
    try:
        outgoing.addresses(purpose, "192.168.1.20", 993)
    except HostNotAllowed:
        goes = False
    assert goes == (allowed and purpose is not Purpose.WEB)
    with pytest.raises(HostNotAllowed):
        outgoing.addresses(purpose, "169.254.169.254", 80)


def test_hosts_are_listed_in_one_spelling() -> None:
    assert [outgoing.bare(each) for each in ("IMAP.Example.COM.", "[::1]", "0:0:0:0:0:0:0:1")] == [
        "imap.example.com", "::1", "::1",
    ]  # fmt: skip


def test_without_a_database_nothing_is_lost_and_nothing_fails() -> None:
    egress.note("web", "nowhere.example", 443)
    egress.flush()
