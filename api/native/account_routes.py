"""Endpoints about the accounts that act."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import Path
from fastapi.responses import JSONResponse
from starlette.requests import Request  # noqa: TC002 - FastAPI reads this annotation

from api.auth import CallerByKeyOrToken  # noqa: TC001 - FastAPI reads this annotation
from api.native.account_answers import AccountAnswer, AccountList, shown
from api.native.described import refusals
from api.native.routes import NATIVE
from api.refusals import AccountNotFound, ReadOnlyKey
from api.routing import Router
from api.services import services

if TYPE_CHECKING:
    from api.services import Services
    from storage.teams import Caller, Member

router = Router(tag="Accounts", prefix="/accounts")

_AccountId = Annotated[
    str, Path(description="The member's id, or a name that clients know the account by.")
]


def _listing() -> dict[str, Any]:
    return {
        "response_model": AccountList,
        "response_description": "The team's accounts.",
        "responses": refusals(),
    }


def _changing() -> dict[str, Any]:
    return {
        "response_model": AccountAnswer,
        "response_description": "The account as it is now.",
        "responses": refusals(ReadOnlyKey, AccountNotFound),
    }


@router.operation("GET", "", _listing, summary="List accounts")
async def list_accounts(request: Request, caller: CallerByKeyOrToken) -> JSONResponse:
    """List the team's accounts, the one that acts first."""
    own = services(request)
    own.intake.admit(caller, NATIVE, creates=False)
    members = sorted(
        await own.store.teams.members(caller.team_id),
        key=lambda member: member.id != caller.acting_member_id,
    )
    return JSONResponse({"accounts": [await _shown(own, caller, each) for each in members]})


@router.operation("POST", "/{account_id}/pause", _changing, summary="Stop an account's work")
async def pause_account(
    request: Request, caller: CallerByKeyOrToken, account_id: _AccountId
) -> JSONResponse:
    """Have the account take up no task until it is resumed.

    Its queue is kept, and what it has in hand goes on to its end. New tasks are accepted and wait.
    """
    own, member = await _admitted(request, caller, account_id)
    return await _changed(own, caller, await own.store.teams.pause(member.id))


@router.operation("POST", "/{account_id}/resume", _changing, summary="Let an account work again")
async def resume_account(
    request: Request, caller: CallerByKeyOrToken, account_id: _AccountId
) -> JSONResponse:
    """Have the account take up its tasks again, at its usual pace."""
    own, member = await _admitted(request, caller, account_id)
    return await _changed(own, caller, await own.store.teams.resume(member.id))


async def _admitted(request: Request, caller: Caller, account_id: str) -> tuple[Services, Member]:
    own = services(request)
    own.intake.admit(caller, NATIVE, creates=True)
    member = await own.store.teams.member_of_account(caller.team_id, account_id)
    if member is None:
        raise AccountNotFound
    return own, member


async def _changed(own: Services, caller: Caller, member: Member | None) -> JSONResponse:
    if member is None:
        raise AccountNotFound
    return JSONResponse(await _shown(own, caller, member))


async def _shown(own: Services, caller: Caller, member: Member) -> dict[str, Any]:
    session = await own.store.sessions.get(member.id)
    return shown(member, session, acts=member.id == caller.acting_member_id)
