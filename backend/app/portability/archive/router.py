"""The archive of an account over the API: download, restore, and deleting the account."""

from __future__ import annotations

from functools import partial
from itertools import chain
from typing import Annotated

from fastapi import APIRouter, File, Request, Response, UploadFile
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, Field

from app.auth import service as accounts
from app.auth.confirming import confirm
from app.auth.cookies import clear_cookies
from app.auth.dependencies import CurrentIdentity, CurrentUser, client_of
from app.auth.errors import SignInAgain, SlowDown, WrongPassword
from app.auth.models import User
from app.core import db
from app.core.clock import now
from app.core.errors import StorageFull
from app.core.settings import get_settings
from app.core.web import origin_of, problems
from app.mailsync import service as mailsync
from app.mailsync.errors import UploadEmpty, UploadTooLarge
from app.portability.archive import leaving, restoring, spooling, writing
from app.portability.archive.errors import (
    AccountInUse,
    ArchiveTooNew,
    ConfirmationWrong,
    NotAnArchive,
    OnlyAdmin,
)
from app.portability.archive.reading import open_package
from app.portability.tables.errors import TooManyExports
from app.portability.tables.pace import count_export
from app.runs.errors import RunAlreadyActive
from app.runs.schemas import RunStarted, started

router = APIRouter(tags=["data"])


class LeaveIn(BaseModel):
    """`username` is typed as a confirmation. An account without a password has signed in a moment ago instead."""

    username: str = Field(max_length=200)
    password: str = Field("", max_length=1000)


@router.get(
    "/exports/archive", response_class=StreamingResponse, responses=problems(TooManyExports, StorageFull)
)
def export_archive(request: Request, user: CurrentUser) -> Response:
    """Everything of the user as one zip, sent while it is written."""
    count_export(user.id)
    settings = get_settings()
    blocks = spooling.stream(
        settings.data_dir / "exports", partial(_write, user, origin=origin_of(settings, request))
    )
    first = next(blocks, b"")  # what goes wrong at the beginning can still be said properly
    name = f"jobtrail-{now():%Y-%m-%d}.zip"
    return StreamingResponse(
        chain((first,), blocks),
        media_type="application/zip",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _write(user: User, sink: writing.Sink, *, origin: str) -> None:
    with db.read_session() as session:
        writing.write_archive(session, user, sink, origin)


@router.post(
    "/imports/archive",
    response_model=RunStarted,
    status_code=202,
    responses=problems(
        RunAlreadyActive, AccountInUse, NotAnArchive, ArchiveTooNew, UploadEmpty, UploadTooLarge, StorageFull
    ),
)
def restore_archive(
    user: CurrentUser, file: Annotated[UploadFile, File(description="the zip of an export")]
) -> RunStarted:
    """Restore an archive into an empty account: all of it, or nothing."""
    settings = get_settings()
    with db.read_session() as session:
        restoring.refuse_in_use(session, user.id)
    with mailsync.receiving(settings, ".zip") as path:
        mailsync.copy_upload(settings, file.file, path)
        with open_package(path):
            pass  # what is no archive at all is said at once
        with db.transaction() as session:
            return started(restoring.start(session, user, path))


@router.delete(
    "/me",
    status_code=204,
    response_class=Response,
    responses=problems(WrongPassword, SignInAgain, ConfirmationWrong, OnlyAdmin, SlowDown),
)
def delete_me(request: Request, response: Response, identity: CurrentIdentity, body: LeaveIn) -> None:
    """Delete the account and everything in it, for good."""
    settings, user = get_settings(), identity.user
    if accounts.username_key(body.username) != user.username_key:
        raise ConfirmationWrong("Type your username to confirm.")
    confirm(identity, body.password, client_of(request))
    leaving.leave(settings, user)
    clear_cookies(request, response, settings)
