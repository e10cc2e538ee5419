"""The account's own standing: Premium, Sales Navigator, and InMail credits."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import structlog

from executor.components.own_account import credits_in, own_account_in
from executor.components.profile_ids import named_in
from executor.errors import ExecutorError, SessionBlocked, UiChanged
from executor.locators import account, messaging, shell

if TYPE_CHECKING:
    from executor.browser.tab import Tab
    from executor.components.own_account import OwnAccount

log = structlog.get_logger(__name__)

# The only address of messaging that opens no conversation by itself (2026-09).
_PATH = "/messaging/compose/"
_ANSWER_SECONDS = 3.0
_CREDITS_SECONDS = 8.0
_LOOKS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What the account has; `None` is what LinkedIn's pages do not tell."""

    own: OwnAccount | None
    has_sales_navigator: bool
    inmail_credits: int | None
    """Sales Navigator's; others see theirs in an InMail's box only."""


async def read_standing(tab: Tab) -> Standing:
    """Look at the inbox, and at Sales Navigator's, which accounts without it are led away from.

    Raises:
        UiChanged: there is Sales Navigator, and its page tells no credits.
    """
    own = await _read_own(tab)
    # It may open a conversation by itself, as LinkedIn's own inbox does.
    await tab.open(f"{account.SALES_INBOX_PATHS[0]}/", only_read=True)
    if not tab.is_at(account.SALES_INBOX_PATHS):
        return Standing(own=own, has_sales_navigator=False, inmail_credits=None)

    async def tells_or_left() -> bool:
        left = not tab.is_at(account.SALES_INBOX_PATHS)
        return left or credits_in(await tab.whole.text()) is not None

    await tab.wait_until(tells_or_left, seconds=_CREDITS_SECONDS)
    if not tab.is_at(account.SALES_INBOX_PATHS):
        return Standing(own=own, has_sales_navigator=False, inmail_credits=None)
    found = credits_in(await tab.whole.text())
    if found is None:
        raise UiChanged("Sales Navigator's inbox does not tell how many InMail credits are left.")
    return Standing(own=own, has_sales_navigator=True, inmail_credits=found)


async def read_own_id(tab: Tab) -> str | None:
    """Look at the inbox for whose it is; `None`, with a line in the log, when that is not told.

    Raises:
        SessionBlocked: LinkedIn wants the account's person first.
    """
    why = UiChanged.__name__
    # Much depends on it, and one slow answer is no change of LinkedIn's.
    for _ in range(_LOOKS):
        try:
            own = await _read_own(tab)
        except SessionBlocked:
            raise
        except ExecutorError as error:
            why = type(error).__name__
        else:
            if own is not None and own.profile_id is not None:
                return own.profile_id
    log.warning("own_account_not_read", error=why)
    return None


async def read_own_vanity(tab: Tab) -> str:
    """Find out under which name the account's owner is linked.

    Raises:
        UiChanged: LinkedIn does not say who is signed in.
    """
    await tab.open("/in/me/")
    await tab.wait_for(shell.NAVIGATION)
    for path in (tab.path, *await tab.own_paths()):
        if (name := named_in(path)) not in {"", "me"}:
            return name
    raise UiChanged("LinkedIn does not say who is signed in.")


async def _read_own(tab: Tab) -> OwnAccount | None:
    """Return what LinkedIn told its page of the account, if the page has asked."""
    heard: asyncio.Future[OwnAccount] = asyncio.get_running_loop().create_future()

    def hear(_url: str, answer: dict[str, Any]) -> None:
        own = own_account_in(answer)
        if own is not None and not heard.done():
            heard.set_result(own)

    with tab.overhearing(account.OWN_ACCOUNT, hear):
        await tab.open(_PATH, only_read=True)
        await tab.wait_for(messaging.CONVERSATION, messaging.FORM)
        with suppress(TimeoutError):
            async with asyncio.timeout(_ANSWER_SECONDS):
                return await heard
    return None
