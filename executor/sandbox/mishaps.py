"""What an armed fault does to a request."""

from collections.abc import Callable

from fastapi import Request
from fastapi.responses import JSONResponse, Response
from starlette.status import HTTP_200_OK

from executor.sandbox.accounts import Account, Standing
from executor.sandbox.events import AccountPut
from executor.sandbox.faults import Fault
from executor.sandbox.stage import Stage

_CUT = 204
"""Never seen by a browser: its connection is gone before the answer is written."""


async def befall(
    stage: Stage, request: Request, fault: Fault, account: Account | None
) -> Response | None:
    """Let *fault* happen to a page or read; None if it goes on normally afterwards."""
    match fault.do:
        case "delay":
            await stage.pause(fault.seconds)
            return None
        case "errors_in_200":
            return JSONResponse({"errors": [{"message": "sandbox fault"}]}, HTTP_200_OK)
        case "drop_before_delivery":
            stage.drop(request)
            return Response(status_code=_CUT)
        case "hang":
            await stage.hang(request)
            return Response(status_code=_CUT)
        case "sign_out" | "challenge" | "restrict" | "change_language":
            if account is not None:
                _change(stage, account, fault)
            return None
        case _:
            return JSONResponse({"status": fault.status, "code": fault.code}, fault.status)


async def deliver_under(
    stage: Stage,
    request: Request,
    fault: Fault | None,
    account: Account,
    deliver: Callable[[], Response],
) -> Response:
    """Make a delivery with *fault* happening to it, before or after it is made."""
    if fault is None:
        return deliver()
    if fault.do in ("sign_out", "challenge", "restrict"):
        return _end_session(stage, account, fault)
    if fault.do == "deliver_late":
        return await stage.spawn(_later(stage, fault.seconds, deliver))
    if fault.do == "drop_answer_after_delivery":
        deliver()
        stage.drop(request)
        return Response(status_code=_CUT)
    if fault.do == "deliver_then_status":
        deliver()
    return await befall(stage, request, fault, account) or deliver()


async def _later(stage: Stage, seconds: float, deliver: Callable[[], Response]) -> Response:
    await stage.pause(seconds)
    return Response(status_code=_CUT) if stage.closing.is_set() else deliver()


def _end_session(stage: Stage, account: Account, fault: Fault) -> Response:
    """Change the session as *fault* says, and write what a write in that session is answered."""
    ended = _change(stage, account, fault)
    return refused_session(ended) if fault.do != "sign_out" else JSONResponse({"status": 401}, 401)


def _change(stage: Stage, account: Account, fault: Fault) -> Account:
    match fault.do:
        case "sign_out":
            change: dict[str, object] = {"generation": account.generation + 1}
        case "change_language":
            change = {"language": fault.language}
        case "challenge":
            change = {"standing": Standing.CHALLENGE}
        case _:
            change = {"standing": Standing.RESTRICTED}
    changed = account.model_copy(update=change)
    stage.world.record(AccountPut(account=changed))
    return changed


def refused_session(account: Account) -> Response:
    """Write the answer to calls of an account that is challenged or restricted."""
    restricted = account.standing is Standing.RESTRICTED
    why = {"code": "ACCOUNT_RESTRICTED"} if restricted else {"challenge_id": "AgHsandboxChallenge"}
    return JSONResponse({"status": 403, **why}, 403)
