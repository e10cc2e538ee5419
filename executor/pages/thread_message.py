"""One message in its conversation, which is opened without marking it read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from executor.components.mailbox import sent_at_of
from executor.errors import MessageNotFound, TimedOut
from executor.locators import message_deeds
from executor.pages.messages import MessagesPage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from executor.browser.part import Part
    from executor.browser.tab import Tab
    from executor.locators.element import Element
    from executor.mailbox import MailboxMessage

_CONTROLS_SECONDS = 3.0
_MOST_MESSAGES = 2000
"""How many are gone through where an id does not tell its message's time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What stands where a message is, or was."""

    message: MailboxMessage | None
    earlier: Sequence[str]
    """Messages that came before it, by their URNs; all that are known where it is not there."""
    is_told: bool
    """Whether LinkedIn's answers have told of it; what the page alone shows leaves much open."""
    is_late: bool
    """Whether it may be among older messages, which did not come in time."""


async def look_at(tab: Tab, conversation_urn: str, message_urn: str) -> Surroundings:
    """Open the conversation, and go back in it as far as the message.

    Raises:
        ConversationNotFound: LinkedIn shows no such conversation to this account.
        TimedOut: it did not appear.
    """
    page = MessagesPage(tab, conversation_urn)
    sent_at = sent_at_of(message_urn)
    if sent_at is None:
        read = await page.read(count=_MOST_MESSAGES)
    else:
        # The message, and one before it.
        read = await page.read(count=2, before=sent_at + 1)
    urns = [each.message_urn for each in read.messages]
    number = urns.index(message_urn) if message_urn in urns else None
    return Surroundings(
        message=None if number is None else read.messages[number],
        earlier=urns if number is None else urns[number + 1 :],
        is_told=page.has_heard_of(message_urn),
        # Where its time is known, something has come that is older.
        is_late=read.is_late and sent_at is None,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadMessage:
    """A message that has been found by its URN, and is in the page."""

    tab: Tab
    conversation_urn: str
    message: MailboxMessage
    earlier: Sequence[str]
    is_told: bool

    @classmethod
    async def open(cls, tab: Tab, conversation_urn: str, message_urn: str) -> ThreadMessage:
        """Find the message in its conversation.

        Raises:
            ConversationNotFound, TimedOut: as `look_at` does; the latter also where the message is
                not in what has come of it.
            MessageNotFound: the message is not in it.
        """
        seen = await look_at(tab, conversation_urn, message_urn)
        if seen.message is None and seen.is_late:
            raise TimedOut("Older messages did not come in time.")
        if seen.message is None:
            raise MessageNotFound
        return cls(
            tab=tab,
            conversation_urn=conversation_urn,
            message=seen.message,
            earlier=seen.earlier,
            is_told=seen.is_told,
        )

    @property
    def urn(self) -> str:
        return self.message.message_urn

    async def item(self) -> Part:
        """Return where it stands on the page, with the mouse over it.

        Raises:
            UiChanged: it is not there, or more than once.
        """
        found = await self.tab.whole.require(message_deeds.message(self.urn))
        await found.hover()
        return found

    async def control(self, wanted: Element) -> Part:
        """Return one of the controls that come to it once the mouse is over it.

        Raises:
            UiChanged: it does not come, or more than once.
        """
        item = await self.item()

        async def has_come() -> bool:
            return await item.find(wanted) is not None

        await self.tab.wait_until(has_come, seconds=_CONTROLS_SECONDS)
        return await item.require(wanted)
