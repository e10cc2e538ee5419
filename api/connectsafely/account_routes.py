"""ConnectSafely's endpoints about accounts, answered from the store."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Annotated

from fastapi import Path, Query
from fastapi.responses import JSONResponse
from starlette.requests import Request  # noqa: TC002 - FastAPI reads this annotation

from api.connectsafely import account_answers, described
from api.connectsafely.access import (  # noqa: TC001 - FastAPI reads these annotations
    CallerByToken,
    CallerWithCredentials,
)
from api.connectsafely.account_answers import AccountListed, AccountQuota, AccountStatus
from api.connectsafely.accounts import account_of
from api.connectsafely.latest import latest_success
from api.connectsafely.quotas import ACCOUNT_QUOTAS
from api.connectsafely.words import CONNECTSAFELY
from api.refusals import AccountNotFound
from api.routing import Router
from api.services import services
from executor.actions import FetchInmailCredits
from executor.person import Person, profile_urn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from api.connectsafely.account_answers import LinkedinPlan
    from api.services import Services
    from storage.sessions import Session
    from storage.teams import Caller, Member

router = Router(tag="ConnectSafely", prefix=CONNECTSAFELY.prefix)

_PLAN_KEPT_FOR = timedelta(hours=12)
"""How long what was seen of an account's plan is told; the documentation has the same."""

_AccountId = Annotated[str, Path(alias="accountId", description="The account's id.")]
_Optional = Annotated[
    str | None,
    Query(alias="accountId", description="By default the account of the team's oldest admin."),
]


@router.operation(
    "GET",
    "/accounts",
    partial(described.reading, list[AccountListed]),
    summary="List the team's accounts",
)
async def list_accounts(
    request: Request,
    caller: CallerByToken,
    q: Annotated[
        str | None,
        Query(description="Part of a name or public id, an account's id, or a profile's address."),
    ] = None,
) -> JSONResponse:
    """Return a bare array, as the documentation has it."""
    own = services(request)
    names = await own.store.teams.aliases(caller.team_id)
    found = []
    for member in await own.store.teams.members(caller.team_id):
        ids = (*names.get(member.id, ()), member.id)
        session, vanity = await _identity(own, member)
        told = account_answers.listed(member, session, vanity, shown_id=ids[0])
        if q is None or q in ids or _matches(q, member, vanity):
            found.append(told.model_dump(by_alias=True))
    return JSONResponse(found)


@router.operation(
    "GET",
    "/account/status",
    partial(described.reading, AccountStatus),
    summary="Ask how an account is",
)
async def get_account_status(
    request: Request, caller: CallerWithCredentials, account_id: _Optional = None
) -> JSONResponse:
    """Return how the account is doing; nothing on LinkedIn is visited for it."""
    return await _status(request, caller, account_id)


@router.operation(
    "GET",
    "/account/{accountId}/status",
    partial(described.reading, AccountStatus),
    summary="Ask how a named account is",
)
async def get_status_of_account(
    request: Request, caller: CallerByToken, account_id: _AccountId
) -> JSONResponse:
    """The same with the account in the path."""
    return await _status(request, caller, account_id)


@router.operation(
    "GET",
    "/account/{accountId}/quota",
    partial(described.reading, AccountQuota),
    summary="Ask what an account has used",
)
async def get_account_quota(
    request: Request, caller: CallerByToken, account_id: _AccountId
) -> JSONResponse:
    """Return what is left of everything that is limited; asking costs nothing."""
    own = services(request)
    account = await account_of(own.store, caller, account_id)
    usages = [await own.quotas.usage(quota, account.member_id) for quota in ACCOUNT_QUOTAS]
    answer = account_answers.quota(account.shown_id, [each for each in usages if each])
    return JSONResponse(answer.model_dump(by_alias=True))


async def _status(request: Request, caller: Caller, named: str | None) -> JSONResponse:
    own = services(request)
    account = await account_of(own.store, caller, named)
    member = await own.store.teams.member(account.member_id)
    if member is None:
        raise AccountNotFound
    session, vanity = await _identity(own, member)
    answer = account_answers.status(
        member, session, vanity, shown_id=account.shown_id, plan=await _plan(own, member)
    )
    return JSONResponse(answer.model_dump(by_alias=True))


async def _plan(own: Services, member: Member) -> LinkedinPlan | None:
    """Return what the account's pages have told of its plan lately, if they were asked."""
    task = await latest_success(own.store, member.id, FetchInmailCredits.task_type)
    if task is None or task.output is None or task.finished_at is None:
        return None
    is_fresh = timedelta(0) <= own.clock() - task.finished_at < _PLAN_KEPT_FOR
    return account_answers.plan(task.output) if is_fresh else None


async def _identity(own: Services, member: Member) -> tuple[Session | None, str | None]:
    """Return the session, and the last part of the profile's address where a page has told it."""
    session = await own.store.sessions.get(member.id)
    profile_id = session.profile_id if session else None
    if profile_id is not None:
        known = await own.store.people.by_profile_id(member.id, profile_id)
        if known is not None:
            return session, known.vanity
    told = await latest_success(own.store, member.id, FetchInmailCredits.task_type)
    if told is None or told.output is None:
        return session, None
    # Somebody else may have signed in since.
    is_own = profile_id is None or told.output["profile_urn"] == profile_urn(profile_id)
    return session, told.output["vanity"] if is_own else None


def _matches(wanted: str, member: Member, vanity: str | None) -> bool:
    texts: Sequence[str] = (member.name, vanity or "")
    if any(wanted.lower() in text.lower() for text in texts):
        return True
    try:
        person = Person.parse(wanted)
    except ValueError:
        return False
    return vanity is not None and vanity == person.vanity
