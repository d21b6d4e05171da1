"""What can be wrong with the archive of an account, and with letting an account go."""

from __future__ import annotations

from app.core.errors import Conflict, Unprocessable


class NotAnArchive(Unprocessable):
    """It is no archive of an account, it is damaged, or it ends too early; nothing was restored."""

    code = "restore.not_an_archive"
    title = "This is not the archive of an account"


class ArchiveTooNew(Unprocessable):
    code = "restore.too_new"
    title = "This archive was made by a newer version"


class ArchiveDamaged(Unprocessable):
    """Its files are not what its manifest says; nothing was restored."""

    code = "restore.damaged"
    title = "This archive is damaged"


class ArchiveUnfit(Unprocessable):
    """A row can't be what it says: changed by hand, or by another program; nothing was restored."""

    code = "restore.unfit"
    title = "This archive holds what can't be restored"


class ArchiveGone(Conflict):
    """The uploaded file was removed when the run ended."""

    code = "restore.file_gone"
    title = "The archive has to be uploaded again"


class AccountInUse(Conflict):
    """An archive is only restored where nothing is; `params` count what is there, table by table."""

    code = "restore.account_in_use"
    title = "An archive can only be restored into an empty account"


class OnlyAdmin(Conflict):
    """Others would be left without anybody who may look after the installation."""

    code = "account.only_admin"
    title = "You are the only administrator"


class ConfirmationWrong(Unprocessable):
    code = "account.confirmation_wrong"
    title = "This is not your username"
