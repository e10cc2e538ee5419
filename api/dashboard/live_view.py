"""The page on which a person signs an account in, and the WebSocket behind its picture.

Who watches is signed in to the dashboard with a full key, on a page of ours, and has a token that
is good once, for this account, for a minute. It comes as the first message, in no address that
anybody logs; nor is anything logged of what follows it.
"""

from __future__ import annotations

import asyncio
import secrets
from contextlib import suppress
from datetime import timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import structlog
from fastapi import APIRouter
from starlette.requests import Request  # noqa: TC002 - FastAPI reads this annotation
from starlette.responses import Response  # noqa: TC002 - FastAPI reads this annotation
from starlette.websockets import WebSocket, WebSocketDisconnect

from api.dashboard.access import SignedIn, is_from_own_page, read_own_form, signed_in
from api.dashboard.pages import show
from api.dashboard.sign_in import redirect
from api.refusals import AccountNotFound, Refusal, UnknownPath
from api.services import services
from storage.errors import StoreError
from storage.secrets import digest_key

if TYPE_CHECKING:
    from api.dashboard.access import Visitor
    from api.dashboard.live_views import LiveViews, Viewer
    from storage.teams import Member

router = APIRouter()

TOKEN_LASTS = timedelta(minutes=1)
_FIRST_MESSAGE_S = 20.0
_LOOK_AGAIN_S = 5.0
"""How long a view may stay open for somebody who may not look any more."""
_POLICY = 1008
"""WebSocket's code for what is against the rules."""

_log = structlog.get_logger(__name__)


@router.get("/accounts/{account_id}/live")
async def live_view_page(request: Request, visitor: SignedIn, account_id: str) -> Response:
    """Offer to open the live view, or show it to who comes with a token, in `once`."""
    member = await _account(request, visitor, account_id)
    session = await services(request).store.sessions.get(member.id)
    return show(
        request.scope,
        "live.html",
        visitor=visitor,
        section="accounts",
        member=member,
        health=session.health if session else None,
        once=request.query_params.get("once", ""),
    )


@router.post("/accounts/{account_id}/live")
async def open_live_view(request: Request, visitor: SignedIn, account_id: str) -> Response:
    """Make a token, and lead to the page that uses it."""
    visitor.require_write()
    await read_own_form(request, visitor)
    member = await _account(request, visitor, account_id)
    token = secrets.token_urlsafe(32)
    await services(request).store.live_view_tokens.add(
        digest_key(token), member_id=member.id, lasts=TOKEN_LASTS
    )
    return redirect(request, f"accounts/{member.id}/live?once={token}")


@router.websocket("/accounts/{account_id}/live/socket")
async def live_view(socket: WebSocket, account_id: str) -> None:
    """Stream the picture, and take what the person does."""
    try:
        visitor, member = await _who_may_look(socket, account_id)
        views = _live_views(socket)
    except (Refusal, StoreError):
        await _turn_away(socket)
        return
    if not is_from_own_page(socket):
        await _turn_away(socket)
        return
    await socket.accept()
    with suppress(WebSocketDisconnect, RuntimeError):
        viewer = await _let_in(socket, views, visitor, member)
        if viewer is not None:
            await _look_on(socket, viewer, member)
        await socket.close()


async def _who_may_look(socket: WebSocket, account_id: str) -> tuple[Visitor, Member]:
    visitor = await signed_in(socket)
    visitor.require_write()
    return visitor, await _account(socket, visitor, account_id)


async def _account(request: Request | WebSocket, visitor: Visitor, account_id: str) -> Member:
    _live_views(request)
    member = await services(request).store.teams.member(account_id)
    if member is None or member.team_id != visitor.caller.team_id:
        raise AccountNotFound
    return member


def _live_views(request: Request | WebSocket) -> LiveViews:
    views = services(request).live_views
    if views is None:
        raise UnknownPath
    return views


async def _turn_away(socket: WebSocket) -> None:
    # Before it is accepted, this is answered with 403.
    await socket.close(_POLICY, HTTPStatus.FORBIDDEN.phrase)


async def _let_in(
    socket: WebSocket, views: LiveViews, visitor: Visitor, member: Member
) -> Viewer | None:
    """Take the token, and return the view; else say why not."""
    try:
        async with asyncio.timeout(_FIRST_MESSAGE_S):
            first = await _message(socket)
    except TimeoutError:
        return None
    token = first.get("once") if isinstance(first, dict) else None
    tokens = services(socket).store.live_view_tokens
    if not isinstance(token, str) or not await tokens.take(digest_key(token), member_id=member.id):
        _log.warning("live_view_refused", member_id=member.id, why="token")
        await socket.send_json({"news": "over", "why": "token"})
        return None
    viewer = await views.watch(member.id, who=visitor.digest)
    if viewer is None:
        _log.warning("live_view_refused", member_id=member.id, why="taken")
        await socket.send_json({"news": "over", "why": "taken"})
        return None
    _log.info("live_view_watched", member_id=member.id, key_id=visitor.caller.key_id)
    return viewer


async def _look_on(socket: WebSocket, viewer: Viewer, member: Member) -> None:
    showing = asyncio.ensure_future(_show(socket, viewer))
    acting = asyncio.ensure_future(_act(socket, viewer))
    losing = asyncio.ensure_future(_lose_the_right(socket, member))
    work = {showing, acting, losing}
    try:
        done, _ = await asyncio.wait(work, return_when=asyncio.FIRST_COMPLETED)
        if is_refused := losing in done and showing not in done:
            viewer.end("signed_out")
    finally:
        for each in work:
            each.cancel()
        await asyncio.gather(*work, return_exceptions=True)
        await viewer.leave()
    if is_refused:
        await socket.send_json({"news": "over", "why": "signed_out"})


async def _lose_the_right(socket: WebSocket, member: Member) -> None:
    """Return once who looks has signed out of the dashboard, or has no key for it any more."""
    while True:
        await asyncio.sleep(_LOOK_AGAIN_S)
        try:
            await _who_may_look(socket, member.id)
        except (Refusal, StoreError):
            return


async def _show(socket: WebSocket, viewer: Viewer) -> None:
    while (what := await viewer.next()) is not None:
        if isinstance(what, bytes):
            await socket.send_bytes(what)
        else:
            await socket.send_json(what)


async def _act(socket: WebSocket, viewer: Viewer) -> None:
    while await viewer.act(await _message(socket)):
        pass


async def _message(socket: WebSocket) -> Any:
    """Return what the page has sent; `None` for what is no JSON, and is shown to nobody."""
    try:
        return await socket.receive_json()
    except (ValueError, KeyError, RecursionError):
        return None
