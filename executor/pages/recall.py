"""Taking a message of one's own back, which deletes it for everybody in the conversation."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from executor.components.message_requests import recall_problem
from executor.components.refusal import raise_if_refused, tells_success_of_action
from executor.errors import DeletionNotOffered, ExecutorError, Refused, UiChanged, Unproven
from executor.locators import message_deeds
from executor.pages.thread_message import ThreadMessage, look_at

if TYPE_CHECKING:
    from executor.attempt import Attempt
    from executor.browser.guard import RequestBody
    from executor.browser.part import Part
    from executor.browser.tab import Tab
    from storage.tasks import JsonObject

_MENU_SECONDS = 2.0
_NOTED = 40
"""How many earlier messages are noted; there is mostly one, where ids tell the time."""


class Recall:
    """A message of the account's own that is about to be taken back."""

    def __init__(self, found: ThreadMessage) -> None:
        self._tab = found.tab
        self._found = found

    @classmethod
    async def open(cls, tab: Tab, conversation_urn: str, message_urn: str) -> Recall:
        """Find the message, and see that it is the account's own.

        Raises:
            ConversationNotFound, MessageNotFound: it is not there.
            Refused: it is somebody else's.
        """
        found = await ThreadMessage.open(tab, conversation_urn, message_urn)
        if found.message.is_own is None:
            raise UiChanged("Nothing tells whether the message is the account's own.")
        if not found.message.is_own:
            raise Refused("Only the account's own messages can be taken back.")
        return cls(found)

    @property
    def is_done(self) -> bool:
        """Whether the message has been taken back before."""
        return self._found.message.is_recalled

    async def confirm(self, attempt: Attempt) -> JsonObject:
        """Take the message back, and return what proves it.

        Raises:
            DeletionNotOffered: LinkedIn's menu has nothing to do it with.
            NotSent: LinkedIn refused, or the request was stopped; the message stands.
            Unproven: it may be gone.
        """
        button = await self._confirming()
        await button.wait_until_pressable(self._tab.step_seconds)
        baseline = {
            "conversation_urn": self._found.conversation_urn,
            "message_urn": self._found.urn,
            "earlier": list(self._found.earlier)[:_NOTED],
        }

        def check(body: RequestBody) -> str | None:
            return recall_problem(body, self._found.urn)

        answer = await self._tab.submit(
            message_deeds.RECALL_MESSAGE,
            check=check,
            marks=lambda _: {},
            before_click=lambda: attempt.submitting(baseline),
            before_request=attempt.leaving,
            click=button.click,
        )
        if answer is not None:
            raise_if_refused(answer)
            if tells_success_of_action(answer):
                return {"method": "network", "status": answer.status}
        with suppress(ExecutorError):
            if evidence := await find_recall(self._tab, baseline):
                return {**evidence, "method": "reload"}
        raise Unproven

    async def _confirming(self) -> Part:
        """Choose Delete in the message's menu, and return what confirms it in the dialog."""
        await (await self._found.control(message_deeds.OPTIONS)).click()
        item = await self._found.item()
        await self._tab.wait_until(lambda: _has_menu(item), seconds=_MENU_SECONDS)
        menu = await item.require(message_deeds.MENU)
        delete = await menu.find(message_deeds.DELETE)
        if delete is None:
            raise DeletionNotOffered
        if await self._tab.shows(message_deeds.DELETE_DIALOG) is not None:
            raise UiChanged("A dialog is open already, so that the right one could not be told.")
        await delete.click()
        await self._tab.wait_for(message_deeds.DELETE_DIALOG)
        dialog = await self._tab.whole.require(message_deeds.DELETE_DIALOG)
        return await dialog.require(message_deeds.CONFIRM_DELETE)


async def _has_menu(item: Part) -> bool:
    return await item.find(message_deeds.MENU) is not None


async def find_recall(tab: Tab, baseline: JsonObject) -> JsonObject | None:
    """Look whether a message has gone, or its place says that it was taken back.

    Its absence is evidence only where the conversation goes back to a message that came before it.

    Raises:
        ConversationNotFound, TimedOut: the conversation cannot be looked at.
    """
    seen = await look_at(tab, baseline["conversation_urn"], baseline["message_urn"])
    if seen.message is not None:
        is_recalled = seen.message.is_recalled
        return {"method": "read_back", "message": "recalled"} if is_recalled else None
    is_gone = not set(seen.earlier).isdisjoint(baseline["earlier"])
    return {"method": "read_back", "message": "gone"} if is_gone else None
