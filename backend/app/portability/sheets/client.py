"""The few calls to Google's Sheets API (v4) that an export needs, as a service account. Never inside a transaction."""

from __future__ import annotations

import http.client
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from app.core import db
from app.core.outgoing import Purpose
from app.core.settings import Settings
from app.mail.gmail.faults import Fault, FaultKind, read_fault
from app.portability.sheets.errors import (
    ServiceKeyRefused,
    SheetsApiDisabled,
    SheetsNotConfigured,
    SheetsRefused,
    SheetsUnavailable,
    SpreadsheetNotFound,
    SpreadsheetNotShared,
)
from app.runs.errors import RetryAfter

_SCOPE = "https://www.googleapis.com/auth/spreadsheets"
_CALL_TIMEOUT_S = 60.0
_WAIT_S = 60.0  # Google counts calls by the minute
Cell = str | int | float


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a spreadsheet, with the size of its grid."""

    id: int
    title: str
    rows: int
    columns: int


def service_account(settings: Settings) -> dict[str, Any]:
    """The service account's key file, as JSON. Raises SheetsNotConfigured."""
    text = settings.google_service_account_json.get_secret_value()
    if not text:
        raise SheetsNotConfigured("Whoever runs this server must set GOOGLE_SERVICE_ACCOUNT_JSON first.")
    try:
        info: Any = json.loads(text)
    except ValueError:
        info = None
    if not isinstance(info, dict) or not {"client_email", "private_key", "token_uri"} <= set(info):
        raise SheetsNotConfigured("GOOGLE_SERVICE_ACCOUNT_JSON is not the JSON key of a service account.")
    return info


class Spreadsheet:
    """A spreadsheet at Google.

    Every call raises RetryAfter when Google asks to wait, SheetsUnavailable when there is no answer, else
    SpreadsheetNotFound, SpreadsheetNotShared, SheetsApiDisabled, ServiceKeyRefused or SheetsRefused.
    """

    def __init__(self, api: Any, spreadsheet_id: str, share_with: str) -> None:
        self._api, self._id, self._share_with = api, spreadsheet_id, share_with

    def sheets(self) -> list[Sheet]:
        """Its sheets of cells, in their order."""
        answer = self._ask(self._api.get(spreadsheetId=self._id, fields="sheets.properties"))
        return [
            _sheet(one["properties"])
            for one in answer.get("sheets", [])
            if one["properties"].get("sheetType", "GRID") == "GRID"
        ]

    def add_sheet(self, title: str) -> Sheet:
        request = {"addSheet": {"properties": {"title": title}}}
        answer = self._ask(self._api.batchUpdate(spreadsheetId=self._id, body={"requests": [request]}))
        return _sheet(answer["replies"][0]["addSheet"]["properties"])

    def widen(self, sheet: Sheet, columns: int) -> None:
        """Add columns at the right until there are that many."""
        if columns <= sheet.columns:
            return
        more = {"sheetId": sheet.id, "dimension": "COLUMNS", "length": columns - sheet.columns}
        self._ask(
            self._api.batchUpdate(spreadsheetId=self._id, body={"requests": [{"appendDimension": more}]})
        )

    def row(self, sheet: Sheet, number: int) -> list[str]:
        """The texts of a row (1 is the first), without empty cells at its end."""
        found = self._values(f"{_quoted(sheet)}!{number}:{number}", "ROWS")
        return found[0] if found else []

    def column(self, sheet: Sheet, number: int) -> list[str]:
        """The texts of a column (0 is the first) from the top, without empty cells at its end."""
        letters = letters_of(number)
        found = self._values(f"{_quoted(sheet)}!{letters}:{letters}", "COLUMNS")
        return found[0] if found else []

    def write(self, sheet: Sheet, cells: Sequence[tuple[int, int, Sequence[Cell]]]) -> None:
        """Write runs of cells: (row from 1, column from 0, values). Texts stay texts, whatever they begin with."""
        data = [
            {"range": f"{_quoted(sheet)}!{letters_of(column)}{row}", "values": [list(values)]}
            for row, column, values in cells
        ]
        body = {"valueInputOption": "RAW", "data": data}
        self._ask(self._api.values().batchUpdate(spreadsheetId=self._id, body=body))

    def append(self, sheet: Sheet, rows: Sequence[Mapping[int, Cell]]) -> None:
        """Add rows below everything that stands in the sheet: values by column (0 is the first)."""
        request = {
            "appendCells": {
                "sheetId": sheet.id,
                "rows": [{"values": [_cell(row.get(n)) for n in range(max(row) + 1)]} for row in rows],
                "fields": "userEnteredValue",
            }
        }
        self._ask(self._api.batchUpdate(spreadsheetId=self._id, body={"requests": [request]}))

    def _values(self, place: str, dimension: str) -> list[list[str]]:
        answer = self._ask(
            self._api.values().get(
                spreadsheetId=self._id,
                range=place,
                majorDimension=dimension,
                valueRenderOption="UNFORMATTED_VALUE",
            )
        )
        return [[_text(cell) for cell in line] for line in answer.get("values", [])]

    def _ask(self, request: Any) -> dict[str, Any]:
        return _answer(request.execute, self._share_with)


@contextmanager
def opened(settings: Settings, spreadsheet_id: str) -> Iterator[Spreadsheet]:
    """The spreadsheet, over one connection that is closed afterwards. Raises SheetsNotConfigured, ServiceKeyRefused."""
    from google.oauth2 import service_account as accounts
    from google_auth_httplib2 import AuthorizedHttp
    from googleapiclient.discovery import build_from_document

    from app.mail.gmail.web import Http

    db.forbid_open_transaction()
    info = service_account(settings)
    load: Any = accounts.Credentials.from_service_account_info  # untyped
    try:
        credentials = load(info, scopes=[_SCOPE])
    except ValueError as error:
        raise ServiceKeyRefused("The private key in GOOGLE_SERVICE_ACCOUNT_JSON can't be read.") from error
    connection = AuthorizedHttp(credentials, http=Http(Purpose.SHEETS, _CALL_TIMEOUT_S))
    try:
        api = build_from_document(_document(settings.gmail_api_base_url), http=connection)
        yield Spreadsheet(api.spreadsheets(), spreadsheet_id, str(info["client_email"]))
    finally:
        connection.close()


def letters_of(column: int) -> str:
    """The name of a column (0 is the first): A, B, ... Z, AA, AB."""
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _answer(call: Callable[[], Any], share_with: str) -> dict[str, Any]:
    import httplib2
    from google.auth.exceptions import GoogleAuthError, RefreshError
    from googleapiclient.errors import HttpError

    db.forbid_open_transaction()
    try:
        answer = call()
    except HttpError as error:
        raise _meaning(read_fault(error.resp.status, error.resp, error.content), share_with) from error
    except RefreshError as error:
        if getattr(error, "retryable", False):
            raise SheetsUnavailable("Google gave no token just now.") from error
        raise ServiceKeyRefused(
            "Google gives no token for this key: it was deleted, or the machine's clock is wrong."
        ) from error
    except (httplib2.HttpLib2Error, http.client.HTTPException, OSError, GoogleAuthError) as error:
        raise SheetsUnavailable("Google Sheets can't be reached.") from error
    if not isinstance(answer, dict):  # the library hands out a body that is not JSON as text
        raise SheetsUnavailable("Google Sheets gave an answer that can't be read.")
    return answer


def _meaning(fault: Fault, share_with: str) -> Exception:
    match fault.kind:
        case FaultKind.RATE | FaultKind.CONCURRENT:
            return RetryAfter(fault.retry_after or _WAIT_S, "Google asks to wait a moment.")
        case FaultKind.DAILY:
            return RetryAfter(fault.retry_after or 60 * _WAIT_S, "Google's limit for today is used up.")
        case FaultKind.RETRY:
            return SheetsUnavailable(f"Google Sheets answered {fault.status}.")
        case FaultKind.GONE:
            return SpreadsheetNotFound("Look at its address; it may have been deleted.")
        case FaultKind.AUTH:
            return ServiceKeyRefused("Google does not accept the service account.")
        case FaultKind.DISABLED:
            return SheetsApiDisabled("Enable the Google Sheets API in the project of the service account.")
    if fault.status == http.client.FORBIDDEN:
        return SpreadsheetNotShared(
            f"Open it at Google, press Share, and let {share_with} edit it.", share_with=share_with
        )
    return SheetsRefused(f"Google answered {fault.status} {fault.reason}".strip() + ".", status=fault.status)


def _sheet(properties: Mapping[str, Any]) -> Sheet:
    grid = properties.get("gridProperties", {})
    return Sheet(
        int(properties.get("sheetId", 0)),
        str(properties["title"]),
        int(grid.get("rowCount", 0)),
        int(grid.get("columnCount", 0)),
    )


def _quoted(sheet: Sheet) -> str:
    return "'" + sheet.title.replace("'", "''") + "'"


def _cell(value: Cell | None) -> dict[str, Any]:
    if value is None or value == "":
        return {}
    return {"userEnteredValue": {"stringValue" if isinstance(value, str) else "numberValue": value}}


def _text(value: object) -> str:
    """Google hands out whole numbers as 12 or, once somebody has calculated with them, as 12.0."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _document(base_url: str) -> dict[str, Any]:
    """The packaged description of the API, with another root when one is set; a copy, the library writes into it."""
    document: dict[str, Any] = json.loads(_packaged_document())
    if base_url:
        root = base_url.rstrip("/") + "/"
        document.update(rootUrl=root, baseUrl=root + document["servicePath"], mtlsRootUrl=root)
    return document


@lru_cache(maxsize=1)
def _packaged_document() -> str:
    from googleapiclient.discovery_cache import get_static_doc

    text: str = get_static_doc("sheets", "v4")
    return text
