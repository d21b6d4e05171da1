"""What can go wrong with a spreadsheet at Google."""

from __future__ import annotations

from app.core.errors import Conflict, Unavailable, Unprocessable


class SheetsNotConfigured(Conflict):
    code = "sheets.not_configured"
    title = "There is no service account for Google Sheets"


class SheetsOffline(Conflict):
    code = "sheets.offline"
    title = "Jobtrail is set to stay offline"


class SpreadsheetUnknown(Unprocessable):
    """What was given is neither the address of a spreadsheet nor its id."""

    code = "sheets.bad_address"
    title = "This is not the address of a Google spreadsheet"


class SpreadsheetNotFound(Conflict):
    code = "sheets.not_found"
    title = "Google knows no such spreadsheet"


class SpreadsheetNotShared(Conflict):
    """`params.share_with` is the address that must be allowed to edit it."""

    code = "sheets.not_shared"
    title = "The spreadsheet is not shared with Jobtrail"


class SheetsApiDisabled(Conflict):
    code = "sheets.api_disabled"
    title = "The Google Sheets API is off"


class ServiceKeyRefused(Conflict):
    code = "sheets.key_refused"
    title = "Google does not accept the service account's key"


class SheetsRefused(Conflict):
    code = "sheets.refused"
    title = "Google refuses this spreadsheet"


class SheetsUnavailable(Unavailable):
    code = "sheets.unavailable"
    title = "Google Sheets can't be reached"
