"""Showing the other side of a conversation that somebody types."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from executor.components.thread import thread_path
from executor.errors import (
    ComposerOccupied,
    ComposerUnavailable,
    ConversationNotFound,
    TimedOut,
    UiChanged,
)
from executor.locators import messaging
from executor.mailbox import thread_id_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from executor.browser.tab import Tab

_ANSWER_SECONDS = 2.0
_KEYS = "Hello"
"""What is pressed and taken back again; nobody gets to see it."""


class TypingShown:
    """Whether the page has told LinkedIn that somebody types, and LinkedIn has taken it."""

    def __init__(self, tab: Tab) -> None:
        self._tab = tab
        self._told = asyncio.Event()

    @property
    def is_shown(self) -> bool:
        return self._told.is_set()

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Listen to the page's own requests."""
        with self._tab.overhearing(messaging.TYPING, self._hear):
            yield

    async def wait(self) -> None:
        """Give LinkedIn's answer some time."""
        with suppress(TimeoutError):
            async with asyncio.timeout(_ANSWER_SECONDS):
                await self._told.wait()

    def _hear(self, _url: str, _answer: dict[str, Any]) -> None:
        self._told.set()


async def show_typing(tab: Tab, conversation_urn: str) -> bool:
    """Press keys in the message box below a conversation, and take them back.

    The conversation is not marked read.

    Returns:
        Whether LinkedIn took the page's word for it.

    Raises:
        ConversationNotFound: LinkedIn does not show it.
        ComposerUnavailable: there is no message box below it.
        ComposerOccupied: there is a draft in it, which stays as it is.
        UiChanged: what was typed could not be taken back.
    """
    await tab.open(thread_path(thread_id_of(conversation_urn)), only_read=True)
    shown = await tab.wait_for(
        messaging.WENT_WRONG, messaging.INMAIL, messaging.UNAVAILABLE, messaging.COMPOSER
    )
    if shown is messaging.WENT_WRONG:
        raise ConversationNotFound
    if shown is None:
        raise TimedOut("The conversation did not appear.")
    if shown is not messaging.COMPOSER:
        raise ComposerUnavailable
    composer = await tab.whole.require(messaging.COMPOSER)
    if (await composer.run("composer_text")).strip():
        raise ComposerOccupied
    typing = TypingShown(tab)
    with typing.watched():
        await composer.type_text(_KEYS, keys=len(_KEYS))
        await typing.wait()
    await composer.clear()
    if (await composer.run("composer_text")).strip():
        raise UiChanged(f"{messaging.COMPOSER.name} still shows what was typed into it.")
    return typing.is_shown
