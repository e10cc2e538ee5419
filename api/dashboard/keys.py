"""The page about API keys."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request  # noqa: TC002 - FastAPI reads this annotation
from starlette.responses import Response  # noqa: TC002 - FastAPI reads this annotation

from api.dashboard.access import (
    SignedIn,
    Visitor,
    read_own_form,
)
from api.dashboard.pages import show
from api.dashboard.sign_in import redirect
from api.keys import create_key
from api.refusals import InvalidField, UnknownPath
from api.services import services
from storage.teams import Scope

router = APIRouter()

_LONGEST_NAME = 100


@router.get("/keys")
async def keys_page(request: Request, visitor: SignedIn) -> Response:
    """List the team's keys."""
    return await _show(request, visitor)


@router.post("/keys")
async def create(request: Request, visitor: SignedIn) -> Response:
    """Make a key, and show it this once: the answer is the page itself, not a way to it."""
    visitor.require_write()
    form = await read_own_form(request, visitor)
    name = form.get("name", "").strip()
    if not name or len(name) > _LONGEST_NAME or not name.isprintable():
        raise InvalidField(f"A key needs a name of at most {_LONGEST_NAME} characters.")
    try:
        scope = Scope(form.get("scope", ""))
    except ValueError:
        raise InvalidField("A key is for everything, or for looking only.") from None
    store = services(request).store
    text = await create_key(store, visitor.caller.team_id, name=name, scope=scope)
    return await _show(request, visitor, made=text, made_name=name)


@router.post("/keys/{key_id}/revoke")
async def revoke(request: Request, visitor: SignedIn, key_id: str) -> Response:
    """End a key of the team's, and with it whoever has signed in by it."""
    visitor.require_write()
    await read_own_form(request, visitor)
    store = services(request).store
    if key_id not in {key.id for key in await store.keys.list(visitor.caller.team_id)}:
        raise UnknownPath
    await store.keys.revoke(key_id)
    return redirect(request, "keys")


async def _show(
    request: Request, visitor: Visitor, *, made: str | None = None, made_name: str = ""
) -> Response:
    keys = await services(request).store.keys.list(visitor.caller.team_id)
    return show(
        request.scope,
        "keys.html",
        visitor=visitor,
        section="keys",
        valid=[key for key in keys if key.revoked_at is None],
        revoked=[key for key in keys if key.revoked_at is not None],
        made=made,
        made_name=made_name,
    )
