"""A Google Sheets to test against: service-account tokens and spreadsheets as a real HTTP server on loopback.

`with FakeSheets() as google: sheet = google.spreadsheet(ID)`. A spreadsheet that is not shared answers 403, an unknown
one 404; `google.faults.append((status, body, headers))` answers the next call to the API with that instead, and
`google.before.append(function)` has something done just before the next write, as a person at the same sheet might.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qs, unquote, urlsplit

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

ACCOUNT = "exports@jobtrail-tests.example"
TOKEN = "sheets-token"
SCOPE = "https://www.googleapis.com/auth/spreadsheets"
_AUDIENCE = "https://oauth2.googleapis.com/token"  # the library signs for this one, wherever it asks
_PLACE = re.compile(
    r"'(?P<title>(?:[^']|'')*)'!(?:(?P<row>\d+):\d+|(?P<column>[A-Z]+):[A-Z]+|(?P<cell>[A-Z]+\d+))$"
)
Reply = tuple[int, Any, dict[str, str]]


@dataclass
class Grid:
    """One sheet: values by (row, column), both from 1, within its size."""

    id: int
    title: str
    rows: int = 1000
    columns: int = 26
    cells: dict[tuple[int, int], Any] = field(default_factory=dict)

    def table(self) -> list[list[Any]]:
        """What stands there, row by row, without what is empty at the end."""
        return [self.line(row) for row in range(1, max((r for r, _ in self.cells), default=0) + 1)]

    def line(self, row: int) -> list[Any]:
        last = max((c for r, c in self.cells if r == row), default=0)
        return [self.cells.get((row, c), "") for c in range(1, last + 1)]

    def put(self, row: int, column: int, value: Any) -> None:
        if value == "":
            self.cells.pop((row, column), None)
        else:
            self.cells[row, column] = value


@dataclass
class Book:
    """A spreadsheet, and whether the service account may edit it."""

    grids: list[Grid]
    shared: bool = True

    def grid(self, title: str) -> Grid:
        return next(grid for grid in self.grids if grid.title == title)


@cache
def _key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


class FakeSheets:
    """The server and what it knows."""

    def __init__(self) -> None:
        self.books: dict[str, Book] = {}
        self.faults: list[Reply] = []
        self.before: list[Callable[[], None]] = []
        self.calls: list[str] = []
        self.token_fault: Reply | None = None
        handler = type("Handler", (_Handler,), {"google": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def spreadsheet(self, spreadsheet_id: str, *titles: str) -> Book:
        grids = [Grid(100 + n, title) for n, title in enumerate(titles or ("Sheet1",))]
        return self.books.setdefault(spreadsheet_id, Book(grids))

    def service_account(self) -> str:
        """The key file of the service account that is known here."""
        pem = _key().private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        info = {
            "type": "service_account",
            "project_id": "jobtrail-tests",
            "private_key_id": "1",
            "private_key": pem.decode(),
            "client_email": ACCOUNT,
            "client_id": "1",
            "token_uri": f"{self.url}/token",
        }
        return json.dumps(info)

    def environment(self) -> dict[str, str]:
        return {"GOOGLE_SERVICE_ACCOUNT_JSON": self.service_account(), "GMAIL_API_BASE_URL": self.url}

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(timeout=5)

    def answer(self, method: str, target: str, authorization: str, body: bytes) -> Reply:
        url = urlsplit(target)
        if url.path == "/token":
            return self.token_fault or self._token(body)
        self.calls.append(f"{method} {unquote(url.path)}")
        if self.faults:
            return self.faults.pop(0)
        if authorization != f"Bearer {TOKEN}":
            return error(401, "UNAUTHENTICATED", "authError")
        found = re.match(r"/v4/spreadsheets/([^/:]+)(.*)$", unquote(url.path))
        book = self.books.get(found[1]) if found else None
        if found is None or book is None:
            return error(404, "NOT_FOUND", "notFound")
        if not book.shared:
            return error(403, "PERMISSION_DENIED", "forbidden")
        if method == "POST" and self.before:
            self.before.pop(0)()
        return self._act(book, method, found[2], parse_qs(url.query), json.loads(body or b"{}"))

    def _token(self, body: bytes) -> Reply:
        from google.auth import jwt

        form = parse_qs(body.decode())
        public = (
            _key()
            .public_key()
            .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
        )
        decode: Any = jwt.decode  # untyped
        claims = decode(form["assertion"][0], certs=public, audience=_AUDIENCE, clock_skew_in_seconds=10**9)
        if claims["iss"] != ACCOUNT or SCOPE not in claims["scope"]:
            return 400, {"error": "invalid_grant"}, {}
        return 200, {"access_token": TOKEN, "expires_in": 3600, "token_type": "Bearer"}, {}

    def _act(self, book: Book, method: str, action: str, query: dict[str, list[str]], given: Any) -> Reply:
        if method == "GET" and action == "":
            return 200, {"sheets": [{"properties": _properties(grid)} for grid in book.grids]}, {}
        if method == "GET" and action.startswith("/values/"):
            return self._read(book, action.removeprefix("/values/"), query["majorDimension"][0])
        if action == "/values:batchUpdate":
            return self._write(book, given)
        if action == ":batchUpdate":
            return 200, {"replies": [_change(book, request) for request in given["requests"]]}, {}
        return error(404, "NOT_FOUND", "notFound")

    def _read(self, book: Book, place: str, dimension: str) -> Reply:
        found = _PLACE.match(place)
        assert found is not None, place
        grid = book.grid(found["title"].replace("''", "'"))
        if dimension == "ROWS":
            line = grid.line(int(found["row"]))
        else:
            column = _number(found["column"])
            last = max((r for r, c in grid.cells if c == column), default=0)
            line = [grid.cells.get((row, column), "") for row in range(1, last + 1)]
        return 200, {"range": place, "majorDimension": dimension} | ({"values": [line]} if line else {}), {}

    def _write(self, book: Book, given: Any) -> Reply:
        writes = []
        for one in given["data"]:
            found = _PLACE.match(one["range"])
            assert found is not None, one
            grid = book.grid(found["title"].replace("''", "'"))
            letters, digits = re.fullmatch(r"([A-Z]+)(\d+)", found["cell"]).groups()  # type: ignore[union-attr]
            for down, values in enumerate(one["values"]):
                for along, value in enumerate(values):
                    row, column = int(digits) + down, _number(letters) + along
                    if row > grid.rows or column > grid.columns:
                        return error(400, "INVALID_ARGUMENT", "badRequest", "exceeds grid limits")
                    writes.append((grid, row, column, value))
        for grid, row, column, value in writes:
            runs = given["valueInputOption"] == "USER_ENTERED" and str(value).startswith(("=", "+", "-", "@"))
            grid.put(row, column, {"formula": value} if runs else value)
        return 200, {"totalUpdatedCells": len(writes)}, {}


def error(status: int, name: str, reason: str, message: str = "No.") -> Reply:
    """An error as Google writes it."""
    body = {"code": status, "message": message, "status": name, "details": [{"reason": reason}]}
    return status, {"error": body}, {}


def _change(book: Book, request: dict[str, Any]) -> dict[str, Any]:
    if wish := request.get("addSheet"):
        grid = Grid(200 + len(book.grids), wish["properties"]["title"])
        book.grids.append(grid)
        return {"addSheet": {"properties": _properties(grid)}}
    if wish := request.get("appendDimension"):
        _by_id(book, wish["sheetId"]).columns += wish["length"]
        return {}
    wish = request["appendCells"]
    grid = _by_id(book, wish["sheetId"])
    for line in wish["rows"]:
        row = max((r for r, _ in grid.cells), default=0) + 1
        grid.rows = max(grid.rows, row)
        for column, cell in enumerate(line["values"], start=1):
            entered = cell.get("userEnteredValue", {})
            if "formulaValue" in entered:
                grid.put(row, column, {"formula": entered["formulaValue"]})
            elif entered:
                grid.put(row, column, next(iter(entered.values())))
    return {}


def _by_id(book: Book, sheet_id: int) -> Grid:
    return next(grid for grid in book.grids if grid.id == sheet_id)


def _properties(grid: Grid) -> dict[str, Any]:
    size = {"rowCount": grid.rows, "columnCount": grid.columns}
    return {"sheetId": grid.id, "title": grid.title, "sheetType": "GRID", "gridProperties": size}


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number


class _Handler(BaseHTTPRequestHandler):
    google: FakeSheets
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._reply()

    def do_POST(self) -> None:
        self._reply()

    def _reply(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        authorization = self.headers.get("Authorization", "")
        status, answer, headers = self.google.answer(self.command, self.path, authorization, body)
        content = answer.encode() if isinstance(answer, str) else json.dumps(answer).encode()
        self.send_response(status)
        for name, value in ({"Content-Type": "application/json"} | headers).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (its name there)
        """Tests read the calls instead."""
