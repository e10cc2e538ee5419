"""ConnectSafely's endpoint that takes the file of a message, as it is and before the message."""

from __future__ import annotations

import asyncio
from functools import partial
from hashlib import sha256
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, Annotated

from fastapi import Query
from fastapi.responses import JSONResponse
from starlette.requests import Request  # noqa: TC002 - FastAPI reads this annotation

from api.body_limit import allow_body
from api.connectsafely import described
from api.connectsafely.access import CallerByToken  # noqa: TC001 - FastAPI reads this annotation
from api.connectsafely.accounts import account_of
from api.connectsafely.answers import AttachmentUploaded, StoredAttachment
from api.connectsafely.words import CONNECTSAFELY
from api.refusals import InvalidField, TooManyUploads
from api.routing import Router
from api.services import services
from executor.actions import DEFAULT_NAME, EXTENSIONS, asset_urn, new_upload_id, safe_name
from storage.errors import NoRoom
from storage.uploads import NewUpload, UploadBounds

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from typing import IO

_PIECE = 1024 * 1024
"""Bytes that are in memory at a time, and in one row of the store."""
_MEGABYTE = 1_000_000

router = Router(tag="ConnectSafely", prefix=CONNECTSAFELY.prefix)


@router.operation(
    "POST",
    "/conversations/upload-attachment",
    partial(described.upload, AttachmentUploaded, EXTENSIONS),
    name="post_conversations_upload_attachment",
    summary="Hand in a file for a message",
)
async def upload_attachment(
    request: Request,
    caller: CallerByToken,
    account_id: Annotated[
        str | None,
        Query(alias="accountId", description="By default the account of the team's oldest admin."),
    ] = None,
    filename: Annotated[
        str, Query(description="What recipients see; made safe, and given a fitting extension.")
    ] = DEFAULT_NAME,
) -> JSONResponse:
    """The body is the file itself, and `Content-Type` says what it is.

    What is answered goes into `attachments` of `/conversations/send`, for the same account. Files
    are removed some time after they were handed in or sent.
    """
    own = services(request)
    own.intake.admit(caller, CONNECTSAFELY, creates=True)
    account = await account_of(own.store, caller, account_id)
    media_type = _media_type(request)
    allow_body(request.scope, own.settings.upload_max_bytes)
    with SpooledTemporaryFile(max_size=_PIECE) as received:
        digest, size = sha256(), 0
        async for piece in _pieces(request):
            digest.update(piece)
            size += len(piece)
            await asyncio.to_thread(received.write, piece)
        if not size:
            raise InvalidField("The request body is empty")
        new = NewUpload(
            id=new_upload_id(digest.hexdigest()),
            team_id=caller.team_id,
            member_id=account.member_id,
            name=safe_name(filename, media_type),
            media_type=media_type,
            byte_size=size,
            kept_for=own.settings.uploads_kept_for,
        )
        bounds = UploadBounds(
            files=own.settings.uploads_per_team,
            total_bytes=own.settings.uploads_mb_per_team * _MEGABYTE,
        )
        try:
            upload = await own.store.uploads.add(new, _from_the_start(received), bounds=bounds)
        except NoRoom as error:
            raise TooManyUploads from error
    stored = StoredAttachment(
        asset_urn=asset_urn(upload.id),
        byte_size=upload.byte_size,
        media_type=upload.media_type,
        name=upload.name,
    )
    return JSONResponse(AttachmentUploaded(attachment=stored).model_dump(by_alias=True))


def _media_type(request: Request) -> str:
    declared = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if declared not in EXTENSIONS:
        raise InvalidField(f"Content-Type must be one of {', '.join(EXTENSIONS)}")
    return declared


async def _pieces(request: Request) -> AsyncIterator[bytes]:
    """Gather the body into pieces that are worth a write."""
    gathered = bytearray()
    async for chunk in request.stream():
        gathered += chunk
        if len(gathered) >= _PIECE:
            yield bytes(gathered)
            gathered.clear()
    if gathered:
        yield bytes(gathered)


def _from_the_start(received: IO[bytes]) -> Iterator[bytes]:
    received.seek(0)
    while piece := received.read(_PIECE):
        yield piece
