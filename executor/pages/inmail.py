"""An InMail's box on the full page: a subject, a cost, and a member who is no connection."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any, Self

from executor.components.inmail import inmail_cost_in
from executor.errors import (
    ComposerOccupied,
    ComposerUnavailable,
    ExecutorError,
    InMailCreditsExhausted,
    InMailNotAllowed,
    UiChanged,
)
from executor.locators import messaging, shell
from executor.pages.conversation import ConversationPage, compose_path

if TYPE_CHECKING:
    from executor.browser.tab import Tab
    from executor.components.inmail import InMailCost
    from executor.components.member import Member
    from storage.tasks import JsonObject

_COST_SECONDS = 2.0
_RECIPIENT_SECONDS = 5.0


class InMailPage(ConversationPage):
    """An InMail's box whose recipient has been proven, and whose cost the account can pay."""

    _subject = ""
    cost: InMailCost

    @classmethod
    async def open_to(cls, tab: Tab, member: Member) -> Self:
        """Open the box by the member's id.

        Raises:
            InMailNotAllowed: LinkedIn offers none: Premium is missing, or the two can write to
                each other without.
            InMailCreditsExhausted: there are no credits left; the box opens all the same, and
                sending from it fails without a word (2026-08-31).
            ComposerUnavailable: there is no box, and nothing tells why.
            UiChanged: what it costs cannot be read.
        """
        await tab.open(compose_path(member))
        shown = await tab.wait_for(
            messaging.SUBJECT,
            messaging.UNAVAILABLE,
            messaging.COMPOSER,
            unless_at=shell.PREMIUM_PATHS,
        )
        if shown is messaging.COMPOSER:
            # A subject may come after the box; one that never comes makes it an ordinary message.
            shown = await tab.wait_for(messaging.SUBJECT, seconds=_COST_SECONDS) or shown
        if tab.is_at(shell.PREMIUM_PATHS) or shown is messaging.COMPOSER:
            raise InMailNotAllowed
        if shown is not messaging.SUBJECT:
            raise ComposerUnavailable
        page = cls(tab, member)
        page.cost = await page._read_cost()
        if await tab.wait_for(messaging.COMPOSER, seconds=_COST_SECONDS) is None:
            raise InMailNotAllowed  # Premium is sold in the box's place.
        await tab.wait_for(
            messaging.RECIPIENT_LINK, messaging.RECIPIENT_PILL, seconds=_RECIPIENT_SECONDS
        )
        await page.prove_recipient()
        return page

    async def write_inmail(self, subject: str, text: str) -> None:
        """Put both into the box, and see that they stand there unchanged.

        Raises:
            ComposerOccupied: there is another draft, which stays as it is.
            UiChanged: the box shows something else; it is emptied again.
        """
        field = await self._scope.require(messaging.SUBJECT)
        before = (await field.value()).strip()
        if before and before != subject:
            raise ComposerOccupied
        await self.write(text)
        self._subject = subject
        try:
            await field.clear()
            await field.type_text(subject)
            await self._require_subject()
        except BaseException:
            await self._empty()
            raise

    async def read_baseline(self) -> JsonObject:
        return {**await super().read_baseline(), "credits_left": self.cost.left_after}

    async def _read_cost(self) -> InMailCost:
        """Read the line about credits; it is looked for in the box, not on the whole page.

        Raises:
            InMailCreditsExhausted: it says that there are none.
            UiChanged: it is not there, or not understood.
        """
        await self._tab.wait_for(messaging.INMAIL_CREDITS, seconds=_COST_SECONDS)
        line = await self._scope.require(messaging.INMAIL_CREDITS)
        cost = inmail_cost_in(await line.text())
        if cost is None:
            raise UiChanged(f"{messaging.INMAIL_CREDITS.name} does not tell what it costs.")
        if not cost.is_covered:
            raise InMailCreditsExhausted
        return cost

    async def _require_kind(self) -> None:
        """See that it is an InMail still, at the price that was read, and has its subject."""
        if await self._read_cost() != self.cost:
            raise UiChanged("What the InMail costs has changed while it was written.")
        await self._require_subject()

    async def _require_subject(self) -> None:
        field = await self._scope.require(messaging.SUBJECT)
        if await field.value() != self._subject:
            raise UiChanged(f"{messaging.SUBJECT.name} does not show what was typed into it.")

    async def _empty(self) -> None:
        with suppress(ExecutorError):
            await (await self._scope.require(messaging.SUBJECT)).clear()
        await super()._empty()

    def _check(self, body: JsonObject) -> str | None:
        """Compare the request with the task; where in it the subject stands is not known (2026)."""
        if why := super()._check(body):
            return why
        return None if _holds(body, self._subject) else "The request holds another subject."


def _holds(part: Any, text: str) -> bool:
    """Tell whether a text stands somewhere in a request, by itself."""
    if isinstance(part, dict):
        return any(_holds(each, text) for each in part.values())
    if isinstance(part, list):
        return any(_holds(each, text) for each in part)
    return isinstance(part, str) and part.strip() == text
