"""What can keep a sync or an import from starting."""

from __future__ import annotations

from app.core.errors import BadRequest, Conflict, NotFound, TooLarge, Unprocessable


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


class UploadNotFound(NotFound):
    """It never was, was given up, or nobody went on with it for a day."""

    code = "import.upload_not_found"
    title = "There is no such upload"


class UploadOffsetMismatch(Conflict):
    """`params.expected_offset` is where to go on."""

    code = "import.offset_mismatch"
    title = "This is not where the upload goes on"


class UploadFinished(Conflict):
    code = "import.upload_finished"
    title = "This upload is being imported already"


class TooManyUploads(Conflict):
    """`params.upload_ids` are the unfinished ones."""

    code = "import.too_many_uploads"
    title = "Too many uploads are unfinished"


class ChunkEmpty(Unprocessable):
    code = "import.chunk_empty"
    title = "This chunk has no content"
