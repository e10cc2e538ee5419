"""The page about the accounts that act."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

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
from api.holds import holds_in_force, is_trouble
from api.limits_used import limits_used
from api.refusals import AccountNotFound
from api.services import services
from storage.sessions import SessionHealth

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from api.limits_used import LimitUsed
    from api.services import Services
    from storage.limits import Hold
    from storage.sessions import Session
    from storage.teams import Member

router = APIRouter()

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A member's account, and how it is doing."""

    member: Member
    is_acting: bool
    aliases: Sequence[str]
    session: Session | None
    is_stale: bool
    """Whether the sign-in was not verified recently enough to count as active."""
    holds: Sequence[Hold]
    limits: Sequence[LimitUsed]
    unlimited: Mapping[str, int]
    """What went out within 24 hours of types that have no cap."""

    @property
    def health(self) -> SessionHealth | None:
        return self.session.health if self.session else None

    @property
    def is_paused(self) -> bool:
        return self.member.paused_at is not None

    @property
    def needs_person(self) -> bool:
        """Whether it cannot act until somebody has signed it in or settled it with LinkedIn."""
        if self.session is None:
            return self.is_acting
        return self.session.health is not SessionHealth.SIGNED_IN

    @property
    def limits_in_use(self) -> Sequence[LimitUsed]:
        """Return the caps that something is used of, the tightest first."""
        used = [limit for limit in self.limits if limit.used]
        return sorted(used, key=lambda limit: limit.ratio, reverse=True)

    @property
    def limits_unused(self) -> Sequence[LimitUsed]:
        return [limit for limit in self.limits if not limit.used]

    @property
    def troubles(self) -> Sequence[Hold]:
        return [hold for hold in self.holds if is_trouble(hold)]


def can_sign_in(own: Services, visitor: Visitor) -> bool:
    """Tell whether this visitor may open a live view here."""
    return own.live_views is not None and visitor.may_write


@router.get("/accounts")
async def accounts_page(request: Request, visitor: SignedIn) -> Response:
    """Show the team's accounts: session, holds, limits."""
    own = services(request)
    return show(
        request.scope,
        "accounts.html",
        visitor=visitor,
        section="accounts",
        accounts=await accounts_of(own, visitor.caller.team_id),
        working_hours=own.working_hours,
        can_sign_in=can_sign_in(own, visitor),
    )


@router.post("/accounts/{account_id}/pause")
async def pause(request: Request, visitor: SignedIn, account_id: str) -> Response:
    """Have an account of the team's take up no task until it is resumed."""
    await services(request).store.teams.pause(await _chosen(request, visitor, account_id))
    return redirect(request, "accounts")


@router.post("/accounts/{account_id}/resume")
async def resume(request: Request, visitor: SignedIn, account_id: str) -> Response:
    """Have an account of the team's work again."""
    await services(request).store.teams.resume(await _chosen(request, visitor, account_id))
    return redirect(request, "accounts")


async def _chosen(request: Request, visitor: Visitor, account_id: str) -> str:
    visitor.require_write()
    await read_own_form(request, visitor)
    teams = services(request).store.teams
    member = await teams.member_of_account(visitor.caller.team_id, account_id)
    if member is None:
        raise AccountNotFound
    return member.id


async def accounts_of(own: Services, team_id: str) -> Sequence[Account]:
    """Return the team's accounts, the acting one first."""
    acting = await own.store.teams.acting_member(team_id)
    aliases = await own.store.teams.aliases(team_id)
    members = sorted(
        await own.store.teams.members(team_id),
        key=lambda member: acting is None or member.id != acting.id,
    )
    return [
        await _account(
            own,
            member,
            is_acting=acting is not None and member.id == acting.id,
            aliases=aliases.get(member.id, ()),
        )
        for member in members
    ]


async def _account(
    own: Services, member: Member, *, is_acting: bool, aliases: Sequence[str]
) -> Account:
    now = own.clock()
    session = await own.store.sessions.get(member.id)
    limits = (
        await limits_used(own.store.limits, own.caps, member.id, now=now)
        if own.caps is not None and session is not None
        else ()
    )
    charges = await own.store.limits.charges(member.id, since=now - _DAY)
    limited = {limit.task_type for limit in limits}
    verified_at = session.verified_at if session else None
    return Account(
        member=member,
        is_acting=is_acting,
        aliases=aliases,
        session=session,
        is_stale=verified_at is None or now - verified_at >= own.settings.session_active_for,
        holds=await holds_in_force(own.store.limits, member.id, now=now),
        limits=limits,
        unlimited=Counter(
            charge.task_type for charge in charges if charge.task_type not in limited
        ),
    )
