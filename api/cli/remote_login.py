"""`login --remote`: the person signs in from elsewhere, in a live view."""

from __future__ import annotations

import asyncio
import secrets
from contextlib import AsyncExitStack
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from api.cli.output import fail, out
from api.cli.running_service import running_service
from api.cli.service import serving
from storage.secrets import digest_key
from storage.sessions import SessionHealth

if TYPE_CHECKING:
    from api.cli.wiring import Settings
    from storage.ports import Store
    from storage.sessions import Session
    from storage.teams import Member

_TOKEN_LASTS = timedelta(minutes=10)
"""Longer than a click in the dashboard needs: there may be a tunnel to open first."""
_PATIENCE_S = 40 * 60.0


async def sign_in_remotely(settings: Settings, store: Store, who: Member) -> None:
    """Lead the person to the live view, and wait until the account is signed in there.

    Where no service runs on the data directory, its dashboard is served here until then.
    """
    if settings.api.dashboard == "off":
        raise fail("The live view is part of the dashboard, which LINKEDIN_EXECUTOR_DASHBOARD=off.")
    async with AsyncExitStack() as stack:
        found = running_service(settings.storage.data_dir)
        if found is None:
            addresses = await stack.enter_async_context(
                serving(settings, with_runner=False, with_sandbox=False, api_key=None)
            )
            url = addresses.api_url
        else:
            url = found.url
        before = await store.sessions.get(who.id)
        token = secrets.token_urlsafe(32)
        await store.live_view_tokens.add(digest_key(token), member_id=who.id, lasts=_TOKEN_LASTS)
        _tell(url, f"{url}/dashboard/accounts/{who.id}/live?once={token}", who)
        try:
            async with asyncio.timeout(_PATIENCE_S):
                await _signed_in(store, who, before)
        except TimeoutError:
            raise fail("Nobody signed in; no session was kept.") from None
    out.print(f"{who.name} is signed in; the session is kept, encrypted.")


def _tell(url: str, address: str, who: Member) -> None:
    port = urlsplit(url).port
    out.print(f"Sign {who.name} in to LinkedIn at this address. It is good once, for 10 minutes;")
    out.print("the dashboard asks for an API key first:\n")
    # In one piece, however narrow the terminal is.
    out.print(f"  {address}", soft_wrap=True, highlight=False)
    out.print("\nFrom another machine, open a tunnel there first, and leave it open:\n")
    out.print(f"  ssh -N -L {port}:127.0.0.1:{port} USER@THIS-SERVER\n", highlight=False)
    out.print("Waiting until it is done; Ctrl-C stops waiting.")


async def _signed_in(store: Store, who: Member, before: Session | None) -> None:
    """Return once a session has been kept that is newer than *before*."""
    changes = store.changes()
    try:
        while True:
            now = await store.sessions.get(who.id)
            if (
                now is not None
                and now.health is SessionHealth.SIGNED_IN
                and (before is None or now.verified_at != before.verified_at)
            ):
                return
            await changes.wait()
    finally:
        await changes.close()
