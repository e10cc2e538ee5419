"""Signing in and out, and the files that every page needs."""

from __future__ import annotations

import re
import secrets
from http import HTTPStatus

import structlog
from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse
from starlette.requests import Request  # noqa: TC002 - FastAPI reads this annotation
from starlette.responses import Response

from api.dashboard.access import (
    COOKIE,
    SignedIn,
    read_form,
    read_own_form,
    served_here,
)
from api.dashboard.pages import (
    SECURITY_HEADERS,
    STATIC_TYPES,
    base_of,
    static_file,
)
from api.dashboard.refused import show_sign_in
from api.errors import STATUS
from api.refusals import UnknownKey, UnknownPath
from api.services import services
from storage.secrets import digest_key

router = APIRouter(dependencies=[Depends(served_here)])

# Nothing but a path below the dashboard and a query: no scheme, no host, no way up.
_PLACE = re.compile(r"[\w-]+(/[\w-]+)*(\?[\w%=&.+-]*)?", re.ASCII)
_LONGEST_PLACE = 500

_log = structlog.get_logger(__name__)


@router.get("/sign-in")
async def sign_in_page(request: Request) -> Response:
    """Lead to the overview, which asks for a key where that is needed."""
    return redirect(request)


@router.post("/sign-in")
async def sign_in(request: Request) -> Response:
    """Let somebody in by a key of their team; the answer never shows what they have typed."""
    own = services(request)
    form = await read_form(request)
    address = request.client.host if request.client else ""
    own.failed_sign_ins.begin(address)
    caller = await own.store.keys.caller(digest_key(form.get("key", "").strip()))
    if caller is None:
        _log.warning("dashboard_sign_in_failed", client=address)
        return show_sign_in(
            request.scope,
            status=STATUS[UnknownKey],
            wanted=_safe_place(form.get("wanted", "")),
            trouble="No valid key has this text.",
        )
    own.failed_sign_ins.succeeded(address)
    sessions = own.store.dashboard_sessions
    if COOKIE in request.cookies:
        await sessions.end(digest_key(request.cookies[COOKIE]))
    token = secrets.token_urlsafe(32)
    lasts = own.settings.dashboard_signed_in_for
    await sessions.begin(digest_key(token), key_id=caller.key_id, lasts=lasts)
    _log.info("dashboard_signed_in", key_id=caller.key_id, team_id=caller.team_id, client=address)
    answer = redirect(request, _safe_place(form.get("wanted", "")))
    # `lax`: a link to a task, from a chat or an alert, opens; what changes anything is a form,
    # with which browsers send no such cookie from elsewhere, and which carries a token as well.
    answer.set_cookie(
        COOKIE,
        token,
        max_age=int(lasts.total_seconds()),
        path=base_of(request.scope),
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="lax",
    )
    return answer


@router.post("/sign-out")
async def sign_out(request: Request, visitor: SignedIn) -> Response:
    """End the sign-in, on the server as well as in the browser."""
    await read_own_form(request, visitor)
    await services(request).store.dashboard_sessions.end(visitor.digest)
    answer = redirect(request)
    answer.delete_cookie(COOKIE, path=base_of(request.scope), httponly=True, samesite="lax")
    return answer


@router.get("/static/{name}")
async def static(name: str) -> Response:
    """Answer with one of the few files there are; their addresses change with their contents."""
    if name not in STATIC_TYPES:
        raise UnknownPath
    return Response(
        static_file(name),
        media_type=STATIC_TYPES[name],
        headers={**SECURITY_HEADERS, "Cache-Control": "public, max-age=31536000, immutable"},
    )


def redirect(request: Request, place: str = "") -> RedirectResponse:
    """Lead to a page of the dashboard, after a form so that reloading sends nothing again."""
    address = f"{base_of(request.scope)}/{place}".rstrip("/")
    return RedirectResponse(
        address, status_code=HTTPStatus.SEE_OTHER.value, headers=dict(SECURITY_HEADERS)
    )


def _safe_place(wanted: str) -> str:
    return wanted if len(wanted) <= _LONGEST_PLACE and _PLACE.fullmatch(wanted) else ""
