"""What is told about accounts, from the store alone: asking visits nothing on LinkedIn."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

from api.clock import iso
from api.connectsafely.answers import Answer
from storage.sessions import SessionHealth

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import timedelta

    from api.connectsafely.answers import Outcome
    from api.connectsafely.quotas import Usage
    from storage.sessions import Session
    from storage.tasks import JsonObject
    from storage.teams import Member

PLATFORM = "linkedin-executor"

_STATUSES: Mapping[SessionHealth, Literal["AVAILABLE", "ERROR"]] = MappingProxyType(
    {
        SessionHealth.SIGNED_IN: "AVAILABLE",
        SessionHealth.SIGNED_OUT: "ERROR",
        SessionHealth.CHALLENGE: "ERROR",
        SessionHealth.RESTRICTED: "ERROR",
    }
)
_WINDOWS: Mapping[int, str] = MappingProxyType({1: "daily", 7: "weekly"})


class AccountListed(Answer):
    """An account in the list."""

    id: str
    first_name: str
    last_name: str
    public_id: str | None = None
    """The last part of the profile's address, once a page has shown it."""
    picture: None = None
    status: Literal["AVAILABLE", "ERROR", "UNKNOWN"]
    """`UNKNOWN`: nobody has signed it in yet; `ERROR`: a person has to."""
    enabled: bool
    api_seat_allocated: bool


class LinkedinPlan(Answer):
    """What an account has paid LinkedIn for; null is what its pages do not tell."""

    premium_type: Literal["SALES_NAVIGATOR", "NON_PREMIUM", "UNKNOWN"]
    """`UNKNOWN`: which of its Premiums it is, or whether it is any, was not told."""
    is_premium: bool | None = None
    has_sales_navigator: bool | None = None
    has_recruiter: None = None
    has_away_messages: None = None
    has_advertise_badge: None = None
    has_hiring_manager: None = None


class AccountPremium(LinkedinPlan):
    """The same, with whose it is."""

    success: Literal[True] = True
    account_id: str
    account_name: str


class AccountStatus(Answer):
    """How an account is doing."""

    id: str
    first_name: str
    last_name: str
    public_id: str | None = None
    platform: str
    status: Literal["AVAILABLE", "ERROR", "UNKNOWN"]
    enabled: bool
    last_used: str | None = None
    """When a page last showed it to be signed in."""
    has_tokens: bool
    """Whether it was ever signed in."""
    linkedin_plan: LinkedinPlan | None = None
    """Null unless its pages were asked lately, and it can be used."""


class FeatureQuota(Answer):
    """What an account has used of one quota."""

    feature: str
    window: str
    used: int
    limit: int
    linkedin_limit: int | None = None
    """LinkedIn's own, where it has told; it tells none."""
    remaining: int
    limit_reached: bool
    """Whether LinkedIn itself takes no more for now."""
    limit_reached_at: None = None
    reset_at: str


class AccountQuota(Answer):
    """What an account has used of everything that is limited."""

    account_id: str
    quotas: list[FeatureQuota]


def listed(
    member: Member, session: Session | None, vanity: str | None, *, shown_id: str
) -> AccountListed:
    first, _, last = member.name.partition(" ")
    return AccountListed(
        id=shown_id,
        first_name=first,
        last_name=last,
        public_id=vanity,
        status=_status(session),
        enabled=True,
        api_seat_allocated=True,
    )


def status(
    member: Member,
    session: Session | None,
    vanity: str | None,
    *,
    shown_id: str,
    plan: LinkedinPlan | None,
) -> AccountStatus:
    of_list = listed(member, session, vanity, shown_id=shown_id)
    seen = session.verified_at if session else None
    return AccountStatus(
        id=shown_id,
        first_name=of_list.first_name,
        last_name=of_list.last_name,
        public_id=of_list.public_id,
        platform=PLATFORM,
        status=of_list.status,
        enabled=True,
        last_used=iso(seen) if seen else None,
        has_tokens=session is not None,
        linkedin_plan=plan if of_list.status == "AVAILABLE" else None,
    )


def plan(read: JsonObject) -> LinkedinPlan:
    """Return what a look at the account's own standing has proved."""
    return LinkedinPlan(**_plan(read))


def premium(outcome: Outcome) -> AccountPremium:
    return AccountPremium(
        account_id=outcome.account_id,
        account_name=outcome.account_name,
        **_plan(outcome.output),
    )


def _plan(read: JsonObject) -> dict[str, Any]:
    has_navigator, has_premium = read["has_sales_navigator"], read["has_premium"]
    if has_navigator:
        kind = "SALES_NAVIGATOR"
    else:
        kind = "NON_PREMIUM" if has_premium is False else "UNKNOWN"
    return {
        "premium_type": kind,
        "is_premium": True if has_navigator else has_premium,
        "has_sales_navigator": has_navigator,
    }


def quota(account_id: str, usages: Sequence[Usage]) -> AccountQuota:
    return AccountQuota(
        account_id=account_id,
        quotas=[
            FeatureQuota(
                feature=usage.action,
                window=_window(usage.window),
                used=usage.used,
                limit=usage.limit,
                linkedin_limit=None,
                remaining=usage.remaining,
                limit_reached=usage.held_until is not None,
                reset_at=iso(usage.held_until or usage.resets_at),
            )
            for usage in usages
        ],
    )


def _status(session: Session | None) -> Literal["AVAILABLE", "ERROR", "UNKNOWN"]:
    return "UNKNOWN" if session is None else _STATUSES[session.health]


def _window(window: timedelta) -> str:
    return _WINDOWS.get(window.days, str(window))
