"""What can keep a sync or an import from starting."""

from __future__ import annotations

from app.core.errors import BadRequest, Conflict, NotFound, TooLarge, TooManyRequests, Unprocessable
from app.mail.sources import SourceReauthRequired


class GmailAuthRequired(BadRequest):
    """No connected account can be synced; `params.auth_url` is where to connect one."""

    code = "gmail.auth_required"
    title = "Gmail authorization required"


class GmailReauthRequired(SourceReauthRequired):
    """Gmail has no usable credentials any more: the user has to connect it again."""

    code = "gmail.reauth_required"
    title = "Gmail needs to be connected again"


class BackfillTooSoon(TooManyRequests):
    """Another backfill was started a moment ago; `Retry-After` says when the next may be."""

    code = "backfill.too_soon"
    title = "Another backfill was started just now"


class TooManyStarts(TooManyRequests):
    """More than 30 starts within a minute; `Retry-After` says when the next may be."""

    code = "sync.too_many_starts"
    title = "Reading mail was started often just now"


class NeverSynced(Conflict):
    code = "verify.never_synced"
    title = "This account was never synced"


class LedgerLineNotFound(NotFound):
    code = "ledger.not_found"
    title = "There is no such line in the ledger"


class NothingToFetch(Conflict):
    """The message is stored already, or it is not at its source any more."""

    code = "ledger.nothing_to_fetch"
    title = "This message can't be fetched"


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


class NothingToIngest(Unprocessable):
    code = "ingest.nothing_readable"
    title = "None of this is a mail"


class NotUnderstood(Unprocessable):
    code = "ingest.not_understood"
    title = "The body can't be understood"


class NotAMessage(Unprocessable):
    code = "ingest.not_a_message"
    title = "That is no message of RFC 822: it has no headers"
