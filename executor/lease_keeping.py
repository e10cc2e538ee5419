"""Keeping an account's lease while something other than a runner works with the account."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import structlog

from storage.errors import LeaseLost, StoreError

if TYPE_CHECKING:
    from datetime import timedelta

    from storage.ports import Store
    from storage.sessions import Lease

log = structlog.get_logger(__name__)


async def keep_lease(store: Store, lease: Lease, *, ttl: timedelta) -> None:
    """Renew *lease* until cancelled.

    Raises:
        LeaseLost: somebody else has the account.
    """
    while True:
        await asyncio.sleep(ttl.total_seconds() / 3)
        try:
            lease = await store.leases.renew(lease, ttl=ttl)
        except LeaseLost:
            raise
        except StoreError as error:
            # The store may be back before the lease runs out; if not, it is lost by itself.
            log.warning("lease_not_renewed", member_id=lease.member_id, error=str(error))
