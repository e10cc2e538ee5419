"""A message box of Sales Navigator: writing into it, and sending what stands there."""

from __future__ import annotations

from abc import ABC, abstractmethod
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from executor.components.refusal import is_accepted, raise_if_refused
from executor.errors import ComposerOccupied, ExecutorError, TimedOut, UiChanged, Unproven
from executor.locators import sales
from storage.errors import SentBefore

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from executor.attempt import Attempt
    from executor.browser.call import Answer
    from executor.browser.guard import RequestBody
    from executor.browser.part import Part
    from executor.browser.tab import Tab
    from storage.tasks import JsonObject


@dataclass(frozen=True, slots=True, kw_only=True)
class SalesReceipt:
    """Proof of a delivered message."""

    thread_id: str
    message_id: str
    evidence: JsonObject


class SalesBox(ABC):
    """What an answer and a first message have in common."""

    def __init__(self, tab: Tab) -> None:
        self._tab = tab
        self._text = ""

    async def write(self, text: str) -> None:
        """Put the text into the box, and see that it stands there unchanged.

        Raises:
            ComposerOccupied: there is another draft, which stays as it is.
            UiChanged: the box shows something else than what was typed; it is emptied again.
        """
        composer = await (await self._form()).require(sales.COMPOSER)
        before = await composer.value()
        self._text = text
        if before == text:
            return  # Left behind by an earlier try at this very message.
        if before.strip():
            raise ComposerOccupied
        try:
            await composer.clear()
            await composer.type_text(text)
            typed = await composer.value()
        except BaseException:
            await composer.take_back()
            raise
        if typed != text:
            await composer.take_back()
            raise UiChanged(f"{sales.COMPOSER.name} does not show the text that was typed into it.")

    async def send(self, baseline: JsonObject, attempt: Attempt) -> SalesReceipt:
        """Send what was written, and return what proves it.

        Args:
            baseline: what a read-back is to go by.
            attempt: takes down the intent when everything is ready for the click.

        Raises:
            NotSent: LinkedIn refused, or the request was stopped; nothing was delivered.
            SentBefore: another task has sent these words to the member; the box is emptied again.
            Unproven: it may have been delivered.
        """
        button = await (await self._form()).require(sales.SEND)
        await button.wait_until_pressable(self._tab.step_seconds)
        composer = await (await self._form()).require(sales.COMPOSER)
        if await composer.value() != self._text:
            raise TimedOut("The message box lost the text that was typed into it.")
        await self._prove()
        try:
            answer = await self._tab.submit(
                sales.CREATE_SALES_MESSAGE,
                check=self._problem,
                before_click=lambda: attempt.submitting(baseline),
                before_request=attempt.leaving,
                click=button.click,
            )
        except SentBefore:
            await self._empty()
            raise
        if answer is not None:
            raise_if_refused(answer)
            if receipt := self._receipt_of(answer):
                return receipt
        raise Unproven

    def _receipt_of(self, answer: Answer) -> SalesReceipt | None:
        """Read the message's id from LinkedIn's answer; without one it proves nothing."""
        delivered = self._delivered_in(answer.body) if is_accepted(answer) else None
        if delivered is None:
            return None
        thread_id, message_id = delivered
        evidence = {"method": "network", "status": answer.status, "message_id": message_id}
        return SalesReceipt(thread_id=thread_id, message_id=message_id, evidence=evidence)

    async def _empty(self) -> None:
        """Take back what was put into the box, as far as the page lets it."""
        with suppress(ExecutorError):
            await (await (await self._form()).require(sales.COMPOSER)).take_back()

    @abstractmethod
    async def _form(self) -> Part:
        """Return the one form that is meant."""

    @abstractmethod
    async def _prove(self) -> None:
        """See that what was opened is still what is shown."""

    @abstractmethod
    def _problem(self, body: RequestBody) -> str | None:
        """Say what is wrong with a request that is about to leave."""

    @abstractmethod
    def _delivered_in(self, answer: Mapping[str, Any]) -> tuple[str, str] | None:
        """Return the ids of conversation and message in LinkedIn's answer."""
