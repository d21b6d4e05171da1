"""Resumable uploads of archives over the API."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Self

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BaseModel, Field

from app.auth.dependencies import CurrentUser, SendingUser
from app.core.errors import StorageFull
from app.core.pagination import Page
from app.core.settings import get_settings
from app.core.web import problems
from app.mail.archive.errors import ArchiveTooDense, NotAMailbox
from app.mailsync import uploads
from app.mailsync.errors import (
    ChunkEmpty,
    TooManyUploads,
    UploadEmpty,
    UploadFinished,
    UploadNotFound,
    UploadOffsetMismatch,
    UploadTooLarge,
)
from app.runs.errors import RunAlreadyActive
from app.runs.schemas import RunStarted, started

router = APIRouter(tags=["accounts"])
_MOST_BYTES = 2**53 - 1


class UploadIn(BaseModel):
    """`name` tells by its ending what it is. `size` in bytes; null where that is not known beforehand, as when
    attachments are left out on the way."""

    name: str = Field(min_length=1, max_length=500)
    size: int | None = Field(None, ge=0, le=_MOST_BYTES)


class UploadOut(BaseModel):
    """`offset` is where the next chunk begins; `job_id` is set once it is being imported. A day after the last
    chunk an unfinished upload is gone."""

    id: str
    name: str
    size: int | None
    offset: int
    chunk_bytes: int
    job_id: str | None
    expires_at: datetime

    @classmethod
    def of(cls, upload: uploads.Upload) -> Self:
        values = {name: getattr(upload, name) for name in cls.model_fields if name != "chunk_bytes"}
        return cls(**values, chunk_bytes=uploads.CHUNK_BYTES)


async def _chunk(request: Request) -> bytes:
    """The body as it is, whatever its Content-Type says; its size is limited like that of any other request."""
    return await request.body()


_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}


@router.post(
    "/imports/mail/uploads",
    response_model=UploadOut,
    status_code=201,
    responses=problems(UploadTooLarge, TooManyUploads, StorageFull),
)
def begin_upload(user: CurrentUser, body: UploadIn) -> UploadOut:
    """Begin an upload in chunks of about 1 MB, which can be continued after an interruption."""
    return UploadOut.of(uploads.begin(get_settings(), user.id, name=body.name, size=body.size))


@router.get("/imports/mail/uploads", response_model=Page[UploadOut])
def list_uploads(user: CurrentUser) -> Page[UploadOut]:
    """The unfinished uploads."""
    items = [UploadOut.of(each) for each in uploads.list_open(get_settings(), user.id)]
    return Page(items=items, total=len(items), offset=0, limit=100)


@router.get("/imports/mail/uploads/{upload_id}", response_model=UploadOut, responses=problems(UploadNotFound))
def get_upload(user: CurrentUser, upload_id: str) -> UploadOut:
    """How far an upload has come."""
    return UploadOut.of(uploads.get(get_settings(), user.id, upload_id))


@router.put(
    "/imports/mail/uploads/{upload_id}",
    response_model=UploadOut,
    openapi_extra=_BODY,
    responses=problems(
        UploadNotFound,
        UploadOffsetMismatch,
        UploadFinished,
        UploadTooLarge,
        NotAMailbox,
        StorageFull,
        ChunkEmpty,
    ),
)
def put_upload_chunk(
    user: SendingUser,
    upload_id: str,
    offset: Annotated[int, Query(ge=0, le=_MOST_BYTES)],
    chunk: Annotated[bytes, Depends(_chunk)],
) -> UploadOut:
    """Add the bytes that begin at `offset`. Sending a chunk again changes nothing; a gap answers 409 with
    `params.expected_offset`."""
    if not chunk:
        raise ChunkEmpty
    return UploadOut.of(uploads.append(get_settings(), user.id, upload_id, offset, chunk))


@router.post(
    "/imports/mail/uploads/{upload_id}/finish",
    response_model=RunStarted,
    status_code=202,
    responses=problems(
        UploadNotFound,
        UploadOffsetMismatch,
        UploadEmpty,
        NotAMailbox,
        ArchiveTooDense,
        RunAlreadyActive,
        StorageFull,
    ),
)
def finish_upload(
    user: CurrentUser, upload_id: str, size: Annotated[int | None, Query(ge=0, le=_MOST_BYTES)] = None
) -> RunStarted:
    """Import what has arrived. `size`: how many bytes were sent, to have that checked."""
    return started(uploads.finish(get_settings(), user, upload_id, size=size))


@router.delete(
    "/imports/mail/uploads/{upload_id}",
    status_code=204,
    response_class=Response,
    responses=problems(UploadNotFound, UploadFinished),
)
def delete_upload(user: CurrentUser, upload_id: str) -> Response:
    """Give up an unfinished upload."""
    uploads.remove(get_settings(), user.id, upload_id)
    return Response(status_code=204)
