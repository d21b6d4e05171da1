"""What can keep a sync or an import from starting."""

from __future__ import annotations

from app.core.errors import BadRequest, TooLarge, Unprocessable


class GmailAuthRequired(BadRequest):
    """No connected account can be synced; `params.auth_url` is where to connect one."""

    code = "gmail.auth_required"
    title = "Gmail authorization required"


class UploadEmpty(Unprocessable):
    code = "import.empty"
    title = "This file is empty"


class UploadTooLarge(TooLarge):
    code = "import.too_large"
    title = "This file is too large"


class PathNotFound(BadRequest):
    code = "import.path_not_found"
    title = "There is no such file or folder"
