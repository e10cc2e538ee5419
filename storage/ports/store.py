"""An open store as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from storage.ports.accounts import (
        ApiKeys,
        DashboardSessions,
        Limits,
        LiveViewTokens,
        People,
        Sessions,
        Teams,
    )
    from storage.ports.measures import Measures
    from storage.ports.runners import Runners
    from storage.ports.uploads import Uploads
    from storage.ports.webhooks import Outbox, Webhooks
    from storage.ports.work import AccountLeases, TaskIntake, TaskQueue, TaskReports


class Changes(Protocol):
    """For those who wait for work."""

    async def wait(self) -> None:
        """Return once anything has been committed since the last call ended.

        Commits of this process are seen at once, those of other processes within 50 ms.
        Each waiter uses an object of its own (`Store.changes()`).
        """
        ...

    async def close(self) -> None: ...


class Store(Protocol):
    """All ports of one open store."""

    @property
    def intake(self) -> TaskIntake: ...
    @property
    def reports(self) -> TaskReports: ...
    @property
    def leases(self) -> AccountLeases: ...
    @property
    def queue(self) -> TaskQueue: ...
    @property
    def teams(self) -> Teams: ...
    @property
    def keys(self) -> ApiKeys: ...
    @property
    def dashboard_sessions(self) -> DashboardSessions: ...
    @property
    def live_view_tokens(self) -> LiveViewTokens: ...
    @property
    def sessions(self) -> Sessions: ...
    @property
    def people(self) -> People: ...
    @property
    def limits(self) -> Limits: ...
    @property
    def uploads(self) -> Uploads: ...
    @property
    def measures(self) -> Measures: ...
    @property
    def runners(self) -> Runners: ...
    @property
    def webhooks(self) -> Webhooks: ...
    @property
    def outbox(self) -> Outbox: ...

    def changes(self) -> Changes: ...

    async def check(self) -> None:
        """Raise `StoreUnavailable` unless the store can be read, and a change be committed.

        Within a second the same answer is given again, so that anybody may ask.
        """
        ...

    async def close(self) -> None:
        """Finish what is waiting to be committed and let go of the files."""
        ...
