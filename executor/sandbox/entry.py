"""The door of every page and call: who comes, what is noted, which fault happens."""

from typing import Annotated
from urllib.parse import quote

from fastapi import Depends, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response

from executor.sandbox import sessions
from executor.sandbox.accounts import Account, Standing
from executor.sandbox.deeds import RefusedError
from executor.sandbox.mishaps import befall, refused_session
from executor.sandbox.stage import OnStage, Stage
from executor.sandbox.visits import Visit

CHECKPOINT = "/checkpoint/challenge/AgHsandboxChallenge"
RESTRICTION = "/flagship-web/login/login-restriction/"


class InsteadError(Exception):
    """Another answer takes the place of the page or call.

    Args:
        response: What the browser gets.
    """

    def __init__(self, response: Response) -> None:
        super().__init__(response.status_code)
        self.response = response


def signed_in(stage: Stage, request: Request) -> Account | None:
    """Find the account whose valid session cookie *request* carries."""
    cookie = request.cookies.get("li_at", "")
    account = stage.world.accounts.get(sessions.account_id(cookie) or 0)
    return account if account and sessions.li_at(account) == cookie else None


def path_of(request: Request) -> str:
    return request.url.path + (f"?{request.url.query}" if request.url.query else "")


def forget_session(response: Response) -> Response:
    """End the browser's session as LinkedIn does."""
    response.headers.append(
        "set-cookie", "li_at=delete me; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly"
    )
    return response


def _note(stage: Stage, request: Request, what: str, account: Account | None) -> None:
    visit = {"what": what, "method": request.method, "path": path_of(request)}
    stage.visits.add(Visit.model_validate({**visit, "account": account.id if account else None}))


def _drop_again(stage: Stage, request: Request) -> None:
    if stage.is_resend(request):
        stage.drop(request)
        raise InsteadError(Response(status_code=204))


def _to_sign_in(stage: Stage, request: Request) -> Response:
    target = quote(str(request.url), safe="/")
    if stage.world.toggles.signed_out_lands == "in_place":
        return stage.look.page(
            "login.html",
            stage.world.language(None),
            target=path_of(request),
            form="remember_me",
            wrong=False,
            account=stage.world.owner(stage.world.accounts[1]),
        )
    if stage.world.toggles.signed_out_lands == "authwall":
        return RedirectResponse(f"/authwall?trk=gf&sessionRedirect={target}", 302)
    gone = RedirectResponse(f"/login?session_redirect={target}", 302)
    return forget_session(gone) if "li_at" in request.cookies else gone


def _check(stage: Stage, account: Account) -> Response:
    if stage.world.toggles.challenge_lands == "checkpoint":
        return RedirectResponse(CHECKPOINT, 302)
    language = stage.world.language(account)
    return stage.look.page("checkpoint.html", language, account=account, wrong=False)


async def page_visitor(request: Request, stage: OnStage) -> Account:
    """Let a signed-in browser open a page, or send it where LinkedIn would."""
    account = signed_in(stage, request)
    _note(stage, request, "page", account)
    _drop_again(stage, request)
    fault = stage.faults.take("page", path_of(request), account.id if account else None)
    if fault and (answer := await befall(stage, request, fault, account)):
        raise InsteadError(answer)
    # A fault may just have changed the session.
    account = signed_in(stage, request)
    if account is None:
        raise InsteadError(_to_sign_in(stage, request))
    if account.standing is Standing.CHALLENGE:
        raise InsteadError(_check(stage, account))
    if account.standing is Standing.RESTRICTED:
        raise InsteadError(RedirectResponse(RESTRICTION, 302))
    return account


async def caller(request: Request, stage: OnStage) -> Account:
    """Let a page of a signed-in browser make a call; 401 without session, 403 without token."""
    account = signed_in(stage, request)
    _note(stage, request, "call", account)
    if request.method == "GET":
        _drop_again(stage, request)
        fault = stage.faults.take("voyager_read", path_of(request), account.id if account else None)
        if fault and (answer := await befall(stage, request, fault, account)):
            raise InsteadError(answer)
        account = signed_in(stage, request)
    if account is None:
        raise InsteadError(forget_session(JSONResponse({"status": 401}, 401)))
    if request.headers.get("csrf-token") != sessions.csrf_token(account):
        raise InsteadError(JSONResponse({"status": 403, "message": "CSRF check failed."}, 403))
    if account.standing is not Standing.ACTIVE:
        raise InsteadError(refused_session(account))
    return account


async def answer_instead(_request: Request, error: Exception) -> Response:
    """Give the answer that an `InsteadError` carries."""
    if not isinstance(error, InsteadError):
        raise error
    return error.response


async def answer_refusal(_request: Request, error: Exception) -> Response:
    """Write a refusal as LinkedIn's API does."""
    if not isinstance(error, RefusedError):
        raise error
    body = {"data": {"status": error.status, "code": error.code}, "included": []}
    return JSONResponse(body, error.status)


PageVisitor = Annotated[Account, Depends(page_visitor)]
Caller = Annotated[Account, Depends(caller)]
