"""Following a member, and no longer doing so, in the two ways in which pages ask for it."""

import re
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from executor.sandbox import deeds
from executor.sandbox.accounts import Account
from executor.sandbox.entry import Caller, path_of
from executor.sandbox.mishaps import deliver_under
from executor.sandbox.people import Person
from executor.sandbox.stage import OnStage, Stage

router = APIRouter()

SERVER_REQUEST = "com.linkedin.sdui.requests.mynetwork.addaUpdateFollowState"
_WORDS = {"FOLLOW": True, "FOLLOW_ACTIVE": True, "UNFOLLOW": False, "FOLLOW_INACTIVE": False}
"""Two pairs were captured: one on 2026-05-07, the other without a date (2026)."""


@router.post("/voyager/api/feed/dash/followingStates/{state}")
async def older(state: str, request: Request, account: Caller, stage: OnStage) -> Response:
    """Do it by the call that classic pages make; its answer is empty (2026-09-09)."""
    told = (await request.json())["patch"]["$set"]["following"]
    named = re.fullmatch(r"urn:li:fsd_followingState:urn:li:fsd_profile:(.+)", state)
    person = stage.world.people.get(named[1]) if named else None
    return await _change(request, stage, account, person, wanted=bool(told))


async def server_request(
    request: Request, account: Account, stage: Stage, told: dict[str, Any]
) -> Response:
    """Do the same as a React page asks for it, by the member's number."""
    asked = told["serverRequest"]["requestedArguments"]["payload"]
    wanted = _WORDS.get(asked["followStateType"].removeprefix("FollowStateType_"))
    if wanted is None:
        raise deeds.RefusedError(400)
    number = int(asked["memberUrn"]["memberId"])
    person = next((each for each in stage.world.people.values() if each.member == number), None)
    return await _change(request, stage, account, person, wanted=wanted)


async def _change(
    request: Request, stage: Stage, account: Account, person: Person | None, *, wanted: bool
) -> Response:
    def deliver() -> Response:
        stage.world.record(deeds.following(account, person, wanted=wanted))
        if request.url.path.startswith("/flagship-web/"):
            return Response(b"0:ok\n", media_type="application/octet-stream")
        return Response(status_code=200)

    fault = stage.faults.take("change_following", path_of(request), account.id)
    return await deliver_under(stage, request, fault, account, deliver)
