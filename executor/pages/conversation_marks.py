"""A conversation's star, and the mark that it is unread; both without reading it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from executor.components.mailbox import list_pieces
from executor.components.member import names
from executor.components.message_requests import star_problem, unread_problem
from executor.components.refusal import raise_if_refused
from executor.components.thread import thread_path
from executor.errors import ConversationNotFound, NotSent, RecipientMismatch, TimedOut, UiChanged
from executor.locators import conversation_deeds, messaging
from executor.mailbox import thread_id_of
from executor.pages.inbox import InboxPage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from executor.browser.call import Answer
    from executor.browser.guard import RequestBody
    from executor.browser.part import Part
    from executor.browser.tab import Tab
    from executor.locators.element import Element
    from executor.mailbox import Conversation

_STARRED = "STARRED"
_GRANTED = range(200, 300)
_DRAWN_SECONDS = 2.0
_LIST_SECONDS = 2.0
_STAR_SECONDS = 2.0
_SCROLL = 1
"""Pixels: enough for a placeholder that is in view to become a row."""


class ConversationStar:
    """The star at the head of a conversation, which the browser keeps from being marked read."""

    def __init__(self, tab: Tab, conversation_urn: str) -> None:
        self._tab = tab
        self._urn = conversation_urn
        self._is_anothers = False
        """Whether LinkedIn's list has it in another mailbox than the URN says."""
        self._is_starred: bool | None = None
        self._is_so_already = False
        """Whether the page has asked for the opposite, which was stopped."""

    async def set(self, *, starred: bool) -> str:
        """Star the conversation or take its star, and return what proves that it is so.

        One button does both. Where LinkedIn's list does not tell of the conversation, as it does
        only of the latest, the page's own request tells what the button would do; the wrong one
        does not leave the browser.

        Returns:
            `network`, LinkedIn's answer; `list`, its list, or `page`, the page's own knowledge:
            it was so before.

        Raises:
            ConversationNotFound: LinkedIn does not show it.
            UiChanged: the page did not ask for it.
        """
        with self._tab.overhearing(messaging.LOAD_CONVERSATIONS, self._hear):
            await self._tab.open(thread_path(thread_id_of(self._urn)), only_read=True)
            shown = await self._tab.wait_for(
                messaging.WENT_WRONG, conversation_deeds.STAR, messaging.ITEM, messaging.COMPOSER
            )
            if shown is messaging.WENT_WRONG:
                raise ConversationNotFound
            if shown is None:
                raise TimedOut("The conversation did not appear.")
            if shown is not conversation_deeds.STAR:
                await self._tab.wait_for(conversation_deeds.STAR, seconds=_STAR_SECONDS)
            await self._tab.wait_until(self._is_told, seconds=_LIST_SECONDS)
        if self._is_anothers:
            raise ConversationNotFound
        if self._is_starred is starred:
            return "list"
        button = await self._tab.whole.require(conversation_deeds.STAR)

        def check(body: RequestBody) -> str | None:
            opposite = star_problem(body, self._urn, starred=not starred)
            self._is_so_already = self._is_starred is None and opposite is None
            return star_problem(body, self._urn, starred=starred)

        try:
            answer = await self._tab.change(
                conversation_deeds.MARK_CONVERSATION, check=check, click=button.click
            )
        except RecipientMismatch:
            if not self._is_so_already:
                raise
            return "page"
        _require_granted(answer)
        return "network"

    def _hear(self, _url: str, answer: dict[str, Any]) -> None:
        for piece in list_pieces(answer):
            for each in piece.conversations:
                if each.thread_id != thread_id_of(self._urn):
                    continue
                self._is_anothers = each.conversation_urn != self._urn
                if each.categories:
                    self._is_starred = _STARRED in each.categories

    async def _is_told(self) -> bool:
        return self._is_starred is not None


class UnreadMark:
    """A conversation's row in the inbox, and the item of its menu that marks it unread."""

    def __init__(self, tab: Tab, conversation_urn: str) -> None:
        self._tab = tab
        self._urn = conversation_urn

    async def make(self) -> str:
        """Mark the conversation unread, and return what proves that it is.

        Returns:
            `network`, LinkedIn's answer; or `already_unread`.

        Raises:
            ConversationNotFound: it is not in the focused inbox.
            UiChanged: its row cannot be told from others, or the page did not ask for it.
        """
        inbox = InboxPage(self._tab)
        listed = await inbox.find(self._urn)
        if not listed[-1].is_read:
            return "already_unread"
        row = await self._row(listed)
        await row.hover()
        await (await self._come(row, conversation_deeds.ROW_OPTIONS)).click()
        menu = await self._come(row, conversation_deeds.ROW_MENU)
        item = await menu.require(conversation_deeds.MARK_UNREAD)

        def check(body: RequestBody) -> str | None:
            return unread_problem(body, self._urn)

        answer = await self._tab.change(
            conversation_deeds.MARK_CONVERSATION, check=check, click=item.click
        )
        result = (_require_granted(answer).body.get("results") or {}).get(self._urn) or {}
        if result.get("status") not in _GRANTED:
            raise UiChanged("LinkedIn's answer does not say that the conversation is unread.")
        return "network"

    async def _row(self, listed: Sequence[Conversation]) -> Part:
        """Return the last one's row, which its place and its names tell from all others.

        Rows have no ids (2026-09): so every row that is drawn has to name those who take part in
        the conversation that LinkedIn's list has at its place.
        """
        row = await self._come(self._tab.whole, conversation_deeds.row(len(listed)))
        await row.wheel(_SCROLL)
        await self._tab.wait_until(lambda: self._is_drawn(len(listed)), seconds=_LIST_SECONDS)
        shown = (await self._names())[: len(listed)]
        if len(shown) < len(listed) or not shown[-1]:
            raise UiChanged("The conversation's row was not drawn.")
        fits = [_fits(each, label) for each, label in zip(listed, shown, strict=True) if label]
        if not all(fits) or not _others(listed[-1]):
            raise UiChanged("The conversation's row cannot be told from the inbox's other rows.")
        return row

    async def _come(self, within: Part, wanted: Element) -> Part:
        """Return something that the page may draw late."""

        async def has_come() -> bool:
            return await within.find(wanted) is not None

        await self._tab.wait_until(has_come, seconds=_DRAWN_SECONDS)
        return await within.require(wanted)

    async def _is_drawn(self, number: int) -> bool:
        shown = await self._names()
        return len(shown) >= number and bool(shown[number - 1])

    async def _names(self) -> list[str]:
        """Return the names in each row, empty for those that are not drawn yet."""
        found: list[str] = await self._tab.whole.run(
            "row_names",
            {
                "rows": conversation_deeds.ROWS,
                "row": conversation_deeds.ROW,
                "names": conversation_deeds.ROW_NAMES,
            },
        )
        return found


def _fits(conversation: Conversation, label: str) -> bool:
    """Tell whether a row's names may be those of a conversation; a group's are cut short."""
    others = _others(conversation)
    if conversation.title and names(label, conversation.title):
        return True
    if len(others) > 1:
        others = [*others, *(each.partition(" ")[0] for each in others)]
    return not others or any(names(label, each) for each in others)


def _others(conversation: Conversation) -> list[str]:
    """Return the names of everybody but the account's own member."""
    people = conversation.participants
    return [each.name for each in people if each.distance != "SELF" and each.name]


def _require_granted(answer: Answer | None) -> Answer:
    """Return LinkedIn's answer, when it is one that grants the change.

    Raises:
        TimedOut: LinkedIn had trouble.
        UiChanged: the page asked for nothing that fits.
    """
    if answer is None:
        raise UiChanged("LinkedIn's page did not ask for the change, or got no answer.")
    try:
        raise_if_refused(answer)
    except NotSent as refused:
        raise refused.cause from refused
    if answer.status not in _GRANTED or answer.body.get("errors"):
        raise TimedOut(f"LinkedIn answered the change with status {answer.status}.")
    return answer
