"""Putting an emoji below a message, and taking one's own away again."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from executor.components.message_requests import message_reaction_problem
from executor.components.refusal import raise_if_refused, tells_success_of_action
from executor.errors import (
    ExecutorError,
    NotSent,
    ReactionNotOffered,
    Refused,
    UiChanged,
    Unproven,
)
from executor.locators import message_deeds
from executor.pages.thread_message import ThreadMessage

if TYPE_CHECKING:
    from executor.attempt import Attempt
    from executor.browser.call import Answer
    from executor.browser.guard import RequestBody
    from executor.browser.part import Part
    from executor.browser.tab import Tab
    from storage.tasks import JsonObject

_LIST_SECONDS = 1.5


class MessageReaction:
    """An emoji, and the message below which it is to stand or not."""

    def __init__(self, found: ThreadMessage, emoji: str) -> None:
        self._tab = found.tab
        self._found = found
        self._emoji = emoji
        self._is_so_already = False
        """Whether the page has asked for the opposite, which was stopped."""

    @classmethod
    async def open(
        cls, tab: Tab, conversation_urn: str, message_urn: str, emoji: str
    ) -> MessageReaction:
        """Find the message.

        Raises:
            ConversationNotFound, MessageNotFound: it is not there.
            Refused: it was taken back by its sender.
        """
        found = await ThreadMessage.open(tab, conversation_urn, message_urn)
        if found.message.is_recalled:
            raise Refused("The message was taken back; nobody can react to it any more.")
        return cls(found, emoji)

    @property
    def is_given(self) -> bool | None:
        """Whether the account has reacted so; `None` when LinkedIn's answers do not tell."""
        if not self._found.is_told:
            return None
        known = message_deeds.spellings(self._emoji)
        return any(each.by_account for each in self._found.message.reactions if each.emoji in known)

    async def change(self, *, gives: bool, attempt: Attempt) -> JsonObject:
        """Give the reaction or take it away, and return what proves that it is so now.

        One control does both. Where it was not told whether the account has reacted, the page's
        own request tells what the control would do; the wrong one does not leave the browser.

        Raises:
            ReactionNotOffered: LinkedIn's page does not offer this emoji.
            NotSent: LinkedIn refused, or the request was stopped; nothing has changed.
            Unproven: it may be done.
        """
        control = await (self._offered() if gives else self._given())
        if control is None:
            return {"method": "page", "given": False}
        await control.wait_until_pressable(self._tab.step_seconds)
        answer = await self._submit(control, gives=gives, attempt=attempt)
        if self._is_so_already:
            return {"method": "page", "given": gives}
        if answer is not None:
            raise_if_refused(answer)
            if tells_success_of_action(answer):
                return {"method": "network", "status": answer.status}
        with suppress(ExecutorError):
            place = (self._found.conversation_urn, self._found.urn)
            if evidence := await find_message_reaction(self._tab, *place, self._emoji, given=gives):
                return {**evidence, "method": "reload"}
        raise Unproven

    async def _submit(self, control: Part, *, gives: bool, attempt: Attempt) -> Answer | None:
        def check(body: RequestBody) -> str | None:
            urn, emoji = self._found.urn, self._emoji
            opposite = message_reaction_problem(body, urn, emoji, gives=not gives)
            self._is_so_already = self.is_given is None and opposite is None
            return message_reaction_problem(body, urn, emoji, gives=gives)

        try:
            return await self._tab.submit(
                message_deeds.CHANGE_MESSAGE_REACTION,
                check=check,
                marks=lambda _: {},
                before_click=lambda: attempt.submitting({"given": self.is_given}),
                before_request=attempt.leaving,
                click=control.click,
            )
        except NotSent:
            if not self._is_so_already:
                raise
            return None

    async def _offered(self) -> Part:
        """Open the list of emojis at the message, and return this one in it."""
        if await self._tab.shows(message_deeds.EMOJIS) is not None:
            raise UiChanged("A list of emojis is open already, at whatever message.")
        button = await self._found.control(message_deeds.REACT)
        await button.hover()
        if await self._tab.wait_for(message_deeds.EMOJIS, seconds=_LIST_SECONDS) is None:
            await button.click()
            if await self._tab.wait_for(message_deeds.EMOJIS) is None:
                raise self._tab.whole.missing(message_deeds.EMOJIS)
        found = await self._tab.whole.find(message_deeds.offered(self._emoji))
        if found is None:
            raise ReactionNotOffered
        return found

    async def _given(self) -> Part | None:
        """Return the reaction below the message; that a click takes it away is inferred (2026).

        Where it does not stand, nobody has reacted so, unless LinkedIn has just told otherwise.
        """
        item = await self._found.item()
        element = message_deeds.given(self._emoji)
        return await (item.require(element) if self.is_given else item.find(element))


async def find_message_reaction(
    tab: Tab, conversation_urn: str, message_urn: str, emoji: str, *, given: bool
) -> JsonObject | None:
    """Look whether a reaction stands below a message, or does not, as it should.

    Raises:
        ConversationNotFound, MessageNotFound, Refused: it cannot be told.
    """
    page = await MessageReaction.open(tab, conversation_urn, message_urn, emoji)
    return {"method": "read_back", "given": given} if page.is_given is given else None
