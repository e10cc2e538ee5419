"""Which account a call means, and what it is called in the answer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from api.refusals import AccountNotFound, InvalidField, NoAdmin
from storage.sessions import SessionHealth

if TYPE_CHECKING:
    from typing import Any

    from storage.ports import Store
    from storage.teams import Caller


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """The account that acts in a call."""

    caller: Caller
    """Who calls, with this account's member as the one who acts."""
    member_id: str
    shown_id: str
    """As the client names it; else a name that it was given, or the member's id."""
    name: str
    """The member's."""
    profile_id: str | None
    """Its own `ACoA…` id, where signing in has told it."""


async def account_of(store: Store, caller: Caller, named: Any) -> Account:
    """Return the account of this name, by default the one of the team's oldest admin.

    Raises:
        InvalidField: `accountId` is no text.
        AccountNotFound: the team has no such account.
        NoAdmin: none is named, and there is no admin.
    """
    if named is not None and not isinstance(named, str):
        raise InvalidField("accountId must be a string")
    if not named:
        if caller.acting_member_id is None:
            raise NoAdmin
        names = (await store.teams.aliases(caller.team_id)).get(caller.acting_member_id)
        shown = names[0] if names else caller.acting_member_id
        admin = await store.teams.member(caller.acting_member_id)
        session = await store.sessions.get(caller.acting_member_id)
        return Account(
            caller=caller,
            member_id=caller.acting_member_id,
            shown_id=shown,
            name=admin.name if admin else "",
            profile_id=session.profile_id if session else None,
        )
    # A name that is no text, as half a surrogate pair is none, is no account's.
    is_name = named.isprintable()
    member = await store.teams.member_of_account(caller.team_id, named) if is_name else None
    if member is None:
        raise AccountNotFound
    session = await store.sessions.get(member.id)
    acting = replace(
        caller,
        acting_member_id=member.id,
        acting_session_active=session is not None and session.health is SessionHealth.SIGNED_IN,
    )
    return Account(
        caller=acting,
        member_id=member.id,
        shown_id=named,
        name=member.name,
        profile_id=session.profile_id if session else None,
    )
