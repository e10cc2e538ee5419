"""What a store knows about teams, their members and the accounts that act."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime, timedelta

    from storage.limits import Charge, Hold, HoldReason
    from storage.people import KnownPerson
    from storage.sessions import OpenSession, Session, SessionHealth
    from storage.tasks import JsonObject
    from storage.teams import ApiKey, Caller, DashboardSession, Member, Role, Scope, Team


class Teams(Protocol):
    """Teams and their members."""

    async def create(self, name: str) -> Team: ...

    async def add_member(
        self, team_id: str, *, name: str, role: Role, joined_at: datetime | None = None
    ) -> Member:
        """Add a member who joined at *joined_at* (default: now)."""
        ...

    async def list(self) -> Sequence[Team]: ...

    async def members(self, team_id: str) -> Sequence[Member]:
        """Return the team's members, the oldest first."""
        ...

    async def member(self, member_id: str) -> Member | None: ...

    async def pause(self, member_id: str) -> Member | None:
        """Let the account take up no task until it is resumed; `None`: there is no such member.

        What it has in hand goes on to its end. Pausing once more changes nothing.
        """
        ...

    async def resume(self, member_id: str) -> Member | None:
        """Let the account work again; `None`: there is no such member."""
        ...

    async def acting_member(self, team_id: str) -> Member | None:
        """Return the team's oldest admin by *joined_at* (ties by id), if it has one."""
        ...

    async def member_of_account(self, team_id: str, account_id: str) -> Member | None:
        """Return the team's member with this id, or whose account goes by this name."""
        ...

    async def add_alias(self, member_id: str, alias: str) -> None:
        """Let clients name the member's account so; a name is taken from whom it had before."""
        ...

    async def remove_alias(self, team_id: str, alias: str) -> bool:
        """Forget a name; `False` when there was none."""
        ...

    async def aliases(self, team_id: str) -> Mapping[str, Sequence[str]]:
        """Return the names of the team's accounts, by member id."""
        ...


class ApiKeys(Protocol):
    """API keys by digest."""

    async def add(
        self, team_id: str, *, name: str, digest: str, hint: str, scope: Scope
    ) -> ApiKey: ...

    async def list(self, team_id: str | None = None) -> Sequence[ApiKey]: ...

    async def revoke(self, key_id: str) -> bool:
        """End a key; `False` when there is no such key that is still valid."""
        ...

    async def caller(self, digest: str) -> Caller | None:
        """Return who calls with this key, or `None` when it is unknown or revoked."""
        ...


class DashboardSessions(Protocol):
    """Who is signed in to the dashboard, by the digests of their tokens."""

    async def begin(self, digest: str, *, key_id: str, lasts: timedelta) -> None:
        """Let somebody in for so long, by a key that is valid."""
        ...

    async def find(self, digest: str, *, idle_for: timedelta) -> DashboardSession | None:
        """Return who is signed in with this token.

        `None` once it has ended, nothing was done with it for *idle_for*, or its key was revoked.
        """
        ...

    async def seen(self, digest: str) -> None:
        """Note that something is done with it now."""
        ...

    async def end(self, digest: str) -> None: ...


class LiveViewTokens(Protocol):
    """Who may open the live view of an account, by the digests of tokens that are good once."""

    async def add(self, digest: str, *, member_id: str, lasts: timedelta) -> None: ...

    async def take(self, digest: str, *, member_id: str) -> bool:
        """Use the token up; `False` when it is not good for this account, or not any more."""
        ...


class Sessions(Protocol):
    """Members' browser sessions, encrypted at rest."""

    async def save(
        self,
        member_id: str,
        state: JsonObject,
        *,
        health: SessionHealth,
        verified: bool,
        profile_id: str | None = None,
        replaces: Session | None = None,
        replaces_account: bool = False,
    ) -> Session | None:
        """Store the state; *verified* stamps `verified_at` with the present time.

        Nothing is stored, and `None` returned, when the member is known to be another account.

        Args:
            profile_id: the account's own; `None`, for one that was not told, leaves what is known.
            replaces: store it only while this is still what is stored; else return `None`.
            replaces_account: store it although it is another account's, which is young here.
        """
        ...

    async def mark(
        self,
        member_id: str,
        health: SessionHealth,
        *,
        verified: bool = False,
        profile_id: str | None = None,
        replaces: Session | None = None,
    ) -> Session | None:
        """Change the health only; `None` when the member has no session, or another one.

        Args:
            profile_id: the account's own; taken down only where none is known.
            replaces: as in `save`.
        """
        ...

    async def get(self, member_id: str) -> Session | None: ...

    async def open(self, member_id: str) -> OpenSession | None:
        """Return the session with its state.

        Raises:
            SecretUnreadable: the state was encrypted with another key.
        """
        ...

    async def list(self) -> Sequence[Session]: ...


class People(Protocol):
    """Profile id to vanity and conversations, and back, per acting member."""

    async def remember(self, member_id: str, *, profile_id: str, vanity: str, name: str) -> None:
        """Store what a profile page showed; a newer owner of a vanity replaces the older."""
        ...

    async def by_profile_id(self, member_id: str, profile_id: str) -> KnownPerson | None: ...

    async def by_vanity(self, member_id: str, vanity: str) -> KnownPerson | None:
        """Look a vanity up, whatever its letters' case."""
        ...

    async def remember_conversations(self, member_id: str, found: Mapping[str, str]) -> None:
        """Store with whom alone the account has which conversation: profile ids by thread ids."""
        ...

    async def in_conversation(self, member_id: str, thread_id: str) -> str | None:
        """Return the profile id of the one who is in it with the account, where that is known."""
        ...

    async def conversations_with(self, member_id: str, profile_id: str) -> Sequence[str]:
        """Return the thread ids of the conversations that the account has with this person."""
        ...


class Limits(Protocol):
    """What accounts have used, and what they must leave alone for a while.

    Times that only our own pace and pauses are made of (charges, holds, leases, paced
    *not_before*) are moved along when the machine's clock is set while it is up, so that no limit
    is forgotten and none lasts for ever.
    """

    async def hold(
        self,
        member_id: str,
        task_type: str | None,
        *,
        reason: HoldReason,
        until: datetime,
        strikes: int = 0,
    ) -> None:
        """Keep this work from being claimed until then; replaces a hold for the same reason.

        Holds for different reasons stand side by side, and the last one to end counts.

        Args:
            task_type: `None` for everything that the account does.
        """
        ...

    async def holds(self, member_id: str) -> Sequence[Hold]:
        """Return the account's holds, those that are over included; the longest comes first."""
        ...

    async def current(self, member_id: str, task_type: str, reason: HoldReason) -> Hold | None:
        """Return the hold for this reason, on the type or the account, that is in force now."""
        ...

    async def lift(self, member_id: str, task_type: str | None, *, reason: HoldReason) -> bool:
        """Forget a hold and its strikes; `False` when there was none."""
        ...

    async def lift_pacing(self) -> None:
        """Forget every hold that follows from settings and charges, because settings changed."""
        ...

    async def charges(self, member_id: str, *, since: datetime) -> Sequence[Charge]:
        """Return what the account was charged for then and since, the newest first."""
        ...
