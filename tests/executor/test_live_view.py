"""A live view's account: whose it is, how long, and for whose eyes."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from executor.live_view import LiveViews

if TYPE_CHECKING:
    from executor.live_view import Viewer
    from storage.sessions import Lease
    from tests.executor.office import Office


class Seconds:
    """Pass when they are told to."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


async def told(viewer: Viewer, *wanted: object) -> None:
    """Return once the viewer was told this, whatever else it was shown."""
    async with asyncio.timeout(40):
        while (what := await viewer.next()) not in wanted:
            assert what is not None, f"It ended before {wanted}."


async def requested(office: Office) -> None:
    changes = office.store.changes()
    async with asyncio.timeout(40):
        while not await office.store.leases.is_requested(office.admin.id):
            await changes.wait()
    await changes.close()


async def taken(office: Office, owner: str) -> Lease | None:
    return await office.store.leases.acquire(
        office.admin.id, owner=owner, ttl=office.settings.lease_ttl
    )


async def test_an_account_is_lent_between_two_tasks_and_given_back(office: Office) -> None:
    """Nothing is taken from a runner; one person looks; and in the end the lease is free."""
    await office.sandbox.client.sign_out(1)
    await office.ask("send_message", recipient={"profile_id": "ACoAABCDEFG"}, message="Hi")
    runners = await taken(office, "runner:1:1")
    assert runners is not None
    clock = Seconds()
    async with LiveViews(office.store, office.settings, clock=clock) as views:
        first = await views.watch(office.admin.id, who="Ada")
        assert first is not None
        await told(first, {"news": "waiting"})
        await requested(office)
        assert await office.store.queue.claim(runners) is None
        await office.store.leases.release(runners)
        assert await taken(office, "runner:2:1") is None
        await told(first, {"news": "open"})
        assert await first.act({"kind": "text", "text": 1}) is False

        assert await views.watch(office.admin.id, who="Bob") is None
        again = await views.watch(office.admin.id, who="Ada")
        assert again is not None
        await told(first, {"news": "over", "why": "replaced"})
        assert await taken(office, "runner:2:1") is None

        idle = office.settings.live_view_idle.total_seconds()
        clock.now = idle - 1
        assert await again.act({"kind": "move", "x": 1, "y": 1})
        clock.now += idle - 1
        assert await again.act({"kind": "seen"})
        clock.now += 1
        await told(again, {"news": "over", "why": "idle"})

        assert await taken(office, "runner:2:1") is not None


async def test_a_view_is_closed_for_who_looks_and_by_nobody_else(office: Office) -> None:
    """Whoever was replaced, and may not look any more, does not end it for who does."""
    await office.sandbox.client.sign_out(1)
    async with LiveViews(office.store, office.settings) as views:
        first = await views.watch(office.admin.id, who="Ada")
        again = await views.watch(office.admin.id, who="Ada")
        assert first is not None
        assert again is not None

        first.end("signed_out")
        await told(again, {"news": "open"})
        again.end("signed_out")
        await told(again, {"news": "over", "why": "signed_out"})

        assert await taken(office, "runner:1:1") is not None
