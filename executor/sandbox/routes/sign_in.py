"""Signing in and out, the wall, the checkpoint and the restriction page."""

from typing import Annotated
from urllib.parse import parse_qs, urlsplit

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from executor.sandbox import sessions
from executor.sandbox.accounts import PASSWORD, Account, Standing
from executor.sandbox.entry import CHECKPOINT, RESTRICTION, forget_session, signed_in
from executor.sandbox.events import AccountPut
from executor.sandbox.stage import OnStage, Stage

router = APIRouter()


def _target(wanted: str) -> str:
    """Keep only an address of this site, so that signing in cannot lead elsewhere."""
    parts = urlsplit(wanted)
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    return path if path.startswith("/") and not path.startswith("//") else "/feed/"


async def _form(request: Request) -> dict[str, str]:
    body = (await request.body()).decode()
    return {name: values[-1] for name, values in parse_qs(body, keep_blank_values=True).items()}


def _give_session(response: Response, account: Account) -> Response:
    for cookie in (
        f"li_at={sessions.li_at(account)}; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax",
        f'JSESSIONID="{sessions.csrf_token(account)}"; Path=/; Max-Age=7776000; SameSite=Lax',
        "liap=true; Path=/; Max-Age=7776000; SameSite=Lax",
    ):
        response.headers.append("set-cookie", cookie)
    return response


def _login_page(stage: Stage, *, target: str, form: str, wrong: bool = False) -> HTMLResponse:
    owner = stage.world.owner(stage.world.accounts[1])
    language = stage.world.language(None)
    return stage.look.page(
        "login.html", language, target=target, form=form, wrong=wrong, account=owner
    )


@router.get("/")
async def home(request: Request, stage: OnStage) -> Response:
    """Lead to the feed, or to signing in."""
    return RedirectResponse("/feed/" if signed_in(stage, request) else "/login", 302)


@router.get("/login")
@router.get("/uas/login")
@router.get("/checkpoint/lg/sign-in-another-account")
async def login(request: Request, stage: OnStage, session_redirect: str = "/feed/") -> Response:
    """Show the sign-in form, or the picker of known accounts that stands in its place."""
    if signed_in(stage, request):
        return RedirectResponse(_target(session_redirect), 302)
    form = stage.world.toggles.login_form
    if form == "remember_me" and request.url.path != "/login":
        form = "classic"
    return _login_page(stage, target=session_redirect, form=form)


@router.post("/checkpoint/lg/login-submit")
async def submit(request: Request, stage: OnStage) -> Response:
    """Check the form and begin a session, or a checkpoint."""
    form = await _form(request)
    email = form.get("session_key", "").strip().casefold()
    account = next((a for a in stage.world.accounts.values() if a.email.casefold() == email), None)
    target = form.get("loginRedirect", "/feed/")
    if account is None or form.get("session_password") != PASSWORD:
        return _login_page(stage, target=target, form="classic", wrong=True)
    if account.standing is Standing.RESTRICTED:
        return RedirectResponse(RESTRICTION, 303)
    if account.asks_pin_at_sign_in or account.standing is Standing.CHALLENGE:
        return RedirectResponse(f"{CHECKPOINT}?who={account.id}", 303)
    return _give_session(RedirectResponse(_target(target), 303), account)


@router.get("/m/logout/")
async def logout(request: Request, stage: OnStage) -> Response:
    """End this browser's session."""
    if account := signed_in(stage, request):
        raised = account.model_copy(update={"generation": account.generation + 1})
        stage.world.record(AccountPut(account=raised))
    return forget_session(RedirectResponse("/login", 302))


@router.get("/authwall")
async def authwall(
    stage: OnStage, target: Annotated[str, Query(alias="sessionRedirect")] = "/feed/"
) -> Response:
    """Show the wall that asks visitors to join."""
    return stage.look.page("authwall.html", stage.world.language(None), target=target)


@router.get("/checkpoint/challenge/{challenge:path}")
async def checkpoint(
    request: Request, challenge: str, stage: OnStage, who: int | None = None
) -> Response:
    """Show the account's checkpoint."""
    account = signed_in(stage, request) or stage.world.accounts.get(who or 0)
    if account is None or not challenge:
        return RedirectResponse("/login", 302)
    if account.standing is Standing.ACTIVE and not account.asks_pin_at_sign_in:
        return _give_session(RedirectResponse("/feed/", 302), account)
    return _checkpoint_page(stage, account)


def _checkpoint_page(stage: Stage, account: Account, *, wrong: bool = False) -> HTMLResponse:
    return stage.look.page(
        "checkpoint.html", stage.world.language(account), account=account, wrong=wrong
    )


@router.post("/checkpoint/challenge/verify")
async def verify(request: Request, stage: OnStage) -> Response:
    """Check the PIN; the right one ends the checkpoint and begins a session."""
    form = await _form(request)
    number = form.get("who", "")
    account = stage.world.accounts.get(int(number) if number.isdigit() else 0)
    if account is None:
        return RedirectResponse("/login", 303)
    if account.challenge != "pin" or form.get("pin", "").strip() != account.pin:
        return _checkpoint_page(stage, account, wrong=True)
    freed = account.model_copy(update={"standing": Standing.ACTIVE})
    stage.world.record(AccountPut(account=freed))
    return _give_session(RedirectResponse("/feed/", 303), freed)


@router.get(RESTRICTION)
async def restriction(stage: OnStage) -> Response:
    """Say that the account is restricted; no session begins here."""
    return stage.look.page("restriction.html", stage.world.language(None))
