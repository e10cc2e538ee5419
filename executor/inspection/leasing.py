"""Using an account for a while, as a runner does: it belongs to one process at a time."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar

from executor.errors import BrowserCrashed, SessionBlocked
from executor.lease_keeping import keep_lease
from executor.opened_account import OpenedAccount
from executor.owners import this_process
from storage.errors import LeaseLost, StoreError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from executor.browser.launch import BrowserHost
    from executor.browser.tab import Tab
    from executor.settings import ExecutorSettings
    from storage.ports import Store

T = TypeVar("T")


class AccountInUse(Exception):
    """A runner is at work with this account; stop it, or wait until it has let go."""


async def with_account(
    store: Store,
    browsers: BrowserHost,
    settings: ExecutorSettings,
    *,
    member_id: str,
    clock: Callable[[], datetime],
    work: Callable[[Tab], Awaitable[T]],
) -> T:
    """Do something in a member's tab under the account's lease, and store its session again.

    Raises:
        AccountInUse: somebody else holds the lease.
        LeaseLost: somebody else took the lease meanwhile; the work was stopped.
        SessionBlocked: the account cannot act, which is stored.
    """
    lease = await store.leases.acquire(member_id, owner=this_process(), ttl=settings.lease_ttl)
    if lease is None:
        raise AccountInUse(" ".join((AccountInUse.__doc__ or "").split()))
    account = OpenedAccount(store, browsers, member_id=member_id, clock=clock)
    working = asyncio.ensure_future(_in_tab(account, work))
    keeping = asyncio.ensure_future(keep_lease(store, lease, ttl=settings.lease_ttl))
    try:
        await asyncio.wait({working, keeping}, return_when=asyncio.FIRST_COMPLETED)
        if not working.done():
            raise LeaseLost
        return working.result()
    finally:
        for each in (working, keeping):
            each.cancel()
        await asyncio.gather(working, keeping, return_exceptions=True)
        await account.save()
        await account.drop()
        with suppress(StoreError):
            await store.leases.release(lease)


async def _in_tab(account: OpenedAccount, work: Callable[[Tab], Awaitable[T]]) -> T:
    try:
        await (await account.linkedin()).verify_sign_in()
        await account.mark_verified()
        if account.browser is None:
            raise BrowserCrashed
        return await work(account.browser.tab)
    except SessionBlocked as error:
        await account.block(error)
        raise
