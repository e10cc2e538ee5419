"""Sales Navigator as an action sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from executor.components.sales_mailbox import sales_lead_path
from executor.pages.sales_inbox import SalesInboxPage
from executor.pages.sales_inmail import SalesInMail, find_begun, newest_sales_message
from executor.pages.sales_reply import SalesReply, find_sent_reply
from executor.pages.sales_thread import SalesThreadPage

if TYPE_CHECKING:
    from collections.abc import Callable

    from executor.browser.tab import Tab
    from executor.pages.sales_box import SalesReceipt
    from executor.pages.sales_inbox import ListedSalesThreads
    from executor.pages.sales_thread import ReadSalesThread
    from executor.sales_mailbox import SalesLead, SalesThread
    from storage.tasks import JsonObject


class SalesNavigator:
    """The part of LinkedIn that is sold to salespeople, with an inbox of its own.

    Everything raises `Refused` for an account without a seat.
    """

    def __init__(self, tab: Tab) -> None:
        self._tab = tab

    async def read_threads(
        self,
        *,
        count: int,
        is_behind: Callable[[SalesThread], bool],
        wanted: Callable[[SalesThread], bool],
    ) -> ListedSalesThreads:
        """List conversations, the newest first; none of them is marked read."""
        page = SalesInboxPage(self._tab)
        return await page.read(count=count, is_behind=is_behind, wanted=wanted)

    async def read_thread(
        self, thread_id: str, *, count: int, before: int | None, since: int | None
    ) -> ReadSalesThread:
        """Read a conversation, the newest message first; it is not marked read.

        Args:
            before: only what is older, in milliseconds since 1970.
            since: only what is newer.
        """
        page = SalesThreadPage(self._tab, thread_id)
        return await page.read(count, before=before, since=since)

    async def mark_read(self, thread_id: str) -> str:
        """Open a conversation so that it counts as read, and return what proves it."""
        return await SalesThreadPage(self._tab, thread_id).mark_read()

    async def open_reply(self, thread_id: str) -> SalesReply:
        """Open the message box of a conversation, which is not marked read by that."""
        return await SalesReply.open(self._tab, thread_id)

    async def find_sent(self, text: str, baseline: JsonObject) -> SalesReceipt | None:
        """Look for a message whose delivery is in doubt; `None` proves nothing."""
        return await find_sent_reply(self._tab, text, baseline)

    async def newest_at(self) -> int:
        """Return when the inbox's newest message came, in milliseconds since 1970; zero: none."""
        return await newest_sales_message(self._tab)

    async def open_lead(self, lead: SalesLead) -> SalesInMail:
        """Open the dialog to a member whom Sales Navigator itself has named."""
        return await SalesInMail.open(self._tab, sales_lead_path(lead), profile_id=lead.profile_id)

    async def open_member(self, path: str) -> SalesInMail:
        """Open the dialog to a member whose own profile links to this address."""
        return await SalesInMail.open(self._tab, path)

    async def find_begun(self, text: str, baseline: JsonObject) -> SalesReceipt | None:
        """Look for a first message whose delivery is in doubt; `None` proves nothing."""
        return await find_begun(self._tab, text, baseline)
