"""What can be wrong with an archive that a person hands over.

Unprocessable (422)
├── NotAMailbox        archive.not_a_mailbox   nothing in it looks like mail; nothing was read
├── ArchiveTooDense    archive.too_dense       it unpacks to absurd sizes; reading stopped there
└── TruncatedArchive   archive.truncated       it ends too early; raised after everything readable came out
"""

from __future__ import annotations

from typing import ClassVar

from app.core.errors import Unprocessable


class NotAMailbox(Unprocessable):
    """The file or folder holds no mail that could be recognised."""

    code: ClassVar[str] = "archive.not_a_mailbox"
    title: ClassVar[str] = "This is not a mailbox"


class ArchiveTooDense(Unprocessable):
    """The archive unpacks to more than 200 times its size: a trap rather than a mailbox."""

    code: ClassVar[str] = "archive.too_dense"
    title: ClassVar[str] = "This archive unpacks to an absurd size"


class TruncatedArchive(Unprocessable):
    """The archive ends too early or is damaged. `params`: read (a count), members (damaged files)."""

    code: ClassVar[str] = "archive.truncated"
    title: ClassVar[str] = "This archive is incomplete"
