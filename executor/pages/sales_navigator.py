"""Sales Navigator as an action sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from executor.pages.sales_inbox import SalesInboxPage
from executor.pages.sales_reply import SalesReply, find_sent_reply
from executor.pages.sales_thread import SalesThreadPage

if TYPE_CHECKING:
    from collections.abc import Callable

    from executor.browser.tab import Tab
    from executor.pages.sales_inbox import ListedSalesThreads
    from executor.pages.sales_reply import SalesReceipt
    from executor.pages.sales_thread import ReadSalesThread
    from executor.sales_mailbox import SalesThread
    from storage.tasks import JsonObject


class SalesNavigator:
    """The part of LinkedIn that is sold to salespeople, with an inbox of its own.

    Everything raises `Refused` for an account without a seat.
    """

    def __init__(self, tab: Tab) -> None:
        self._tab = tab

    async def read_threads(
        self, *, count: int, starts_at: int | None, wanted: Callable[[SalesThread], bool]
    ) -> ListedSalesThreads:
        """List conversations, the newest first; none of them is marked read."""
        page = SalesInboxPage(self._tab)
        return await page.read(count=count, starts_at=starts_at, wanted=wanted)

    async def read_thread(self, thread_id: str, *, count: int) -> ReadSalesThread:
        """Read a conversation, the newest message first; it is not marked read."""
        return await SalesThreadPage(self._tab, thread_id).read(count)

    async def mark_read(self, thread_id: str) -> str:
        """Open a conversation so that it counts as read, and return what proves it."""
        return await SalesThreadPage(self._tab, thread_id).mark_read()

    async def open_reply(self, thread_id: str) -> SalesReply:
        """Open the message box of a conversation, which is not marked read by that."""
        return await SalesReply.open(self._tab, thread_id)

    async def find_sent(self, text: str, baseline: JsonObject) -> SalesReceipt | None:
        """Look for a message whose delivery is in doubt; `None` proves nothing."""
        return await find_sent_reply(self._tab, text, baseline)
