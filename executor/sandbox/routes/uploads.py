"""Files: announcing one, uploading it, and getting it back."""

import mimetypes
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from executor.sandbox.deeds import RefusedError
from executor.sandbox.entry import Caller, path_of, signed_in
from executor.sandbox.mishaps import befall
from executor.sandbox.stage import OnStage

router = APIRouter()

LARGEST = 20_000_000


@router.post("/voyager/api/voyagerVideoDashMediaUploadMetadata")
async def announce(request: Request, action: str, account: Caller, stage: OnStage) -> Response:
    """Say where a file is to be put."""
    fault = stage.faults.take("announce_upload", path_of(request), account.id)
    if fault and (answer := await befall(stage, request, fault, account)):
        return answer
    told: dict[str, Any] = await request.json()
    size = told.get("fileSize")
    if action != "upload" or not isinstance(size, int) or not 0 < size <= LARGEST:
        raise RefusedError(400)
    asset = stage.shelf.announce(account.id, str(told["filename"]), size)
    origin = f"{request.url.scheme}://{request.url.netloc}"
    value = {
        "urn": f"urn:li:digitalmediaAsset:{asset}",
        "singleUploadUrl": f"{origin}/dms-uploads/{asset}/uploaded/0?ca=vector_messaging",
    }
    return JSONResponse({"data": {"value": value}, "included": []})


@router.put("/dms-uploads/{asset}/uploaded/0")
async def upload(asset: str, request: Request, account: Caller, stage: OnStage) -> Response:
    """Take the content that was announced."""
    fault = stage.faults.take("upload", path_of(request), account.id)
    if fault and (answer := await befall(stage, request, fault, account)):
        return answer
    taken = stage.shelf.put(asset, account.id, await request.body())
    return Response(status_code=201 if taken else 400)


@router.get("/dms/prv/{asset}/{name}")
async def download(asset: str, name: str, request: Request, stage: OnStage) -> Response:
    """Give a file back to whoever is signed in."""
    account = signed_in(stage, request)
    fault = stage.faults.take("download", path_of(request), account.id if account else None)
    if fault and (answer := await befall(stage, request, fault, account)):
        return answer
    content = stage.shelf.content(asset)
    if account is None:
        return Response(status_code=403)
    if content is None:
        return Response(status_code=404)
    media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return Response(content, media_type=media_type)
