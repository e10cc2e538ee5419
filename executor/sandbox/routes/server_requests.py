"""The one address at which React pages ask the server to act."""

import json
from typing import Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response
from starlette.status import HTTP_204_NO_CONTENT

from executor.sandbox.entry import Caller, caller
from executor.sandbox.routes import following, invitations, posts
from executor.sandbox.stage import OnStage

router = APIRouter()

_FRAMED = b"\x0a"
_FRAME = 5
"""Bytes before the words of a framed body."""


@router.post("/flagship-web/rsc-action/actions/server-request")
async def server_request(
    request: Request, sduiid: str, account: Caller, stage: OnStage
) -> Response:
    """Carry out a React page's action."""
    told = _read(await request.body())
    if sduiid in invitations.SERVER_REQUESTS:
        return await invitations.server_request(request, account, stage, told)
    if sduiid == following.SERVER_REQUEST:
        return await following.server_request(request, account, stage, told)
    return await posts.server_request(request, sduiid, account, stage, told)


@router.post("/flagship-web/rsc-action/actions/pagination", dependencies=[Depends(caller)])
async def paginate(stage: OnStage) -> Response:
    """Let a page bring the next piece of what it shows."""
    await stage.pause(stage.world.toggles.section_delay_ms / 1000)
    return Response(status_code=HTTP_204_NO_CONTENT)


def _read(body: bytes) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(body[_FRAME:] if body.startswith(_FRAMED) else body)
    return told
