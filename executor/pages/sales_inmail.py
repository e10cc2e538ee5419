"""Beginning a conversation from a member's page in Sales Navigator."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from executor.components.inmail import sales_cost_in
from executor.components.sales_mailbox import lead_in
from executor.components.sales_requests import beginning_problem, sent_in
from executor.components.thread import same_words
from executor.errors import (
    ComposerOccupied,
    ComposerUnavailable,
    ExecutorError,
    InMailCreditsExhausted,
    InMailNotAllowed,
    ProfileNotFound,
    RecipientMismatch,
    Refused,
    UiChanged,
)
from executor.locators import sales, shell
from executor.pages.sales_box import SalesBox, SalesReceipt
from executor.pages.sales_inbox import SalesInboxPage
from executor.pages.sales_thread import SalesThreadPage

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from executor.browser.guard import RequestBody
    from executor.browser.part import Part
    from executor.browser.tab import Tab
    from executor.components.inmail import InMailCost
    from storage.tasks import JsonObject

_FORM_SECONDS = 8.0
_COST_SECONDS = 2.0
_LOOKED_AT = 20
"""How many conversations and messages a read-back looks at; what it is for is among the newest."""


class SalesInMail(SalesBox):
    """The dialog on a lead's page, whose address proves whom it is to."""

    def __init__(self, tab: Tab, profile_id: str) -> None:
        super().__init__(tab)
        self._profile_id = profile_id
        self._subject: str | None = None
        self._cost: InMailCost | None = None

    @classmethod
    async def open(cls, tab: Tab, path: str, *, profile_id: str | None = None) -> SalesInMail:
        """Open a member's page in Sales Navigator, and the dialog in it.

        Args:
            path: below `/sales/lead/`, or below `/sales/people/`, from where LinkedIn leads there.
            profile_id: as Sales Navigator has it, where it is known before.

        Raises:
            ProfileNotFound: there is no such member.
            RecipientMismatch: the page or its dialog is somebody else's.
            InMailNotAllowed: the page offers no message to this member.
            InMailCreditsExhausted: there are no credits left.
            ComposerUnavailable: there is a conversation with the member already, or no box.
            Refused: the account has no seat, or its person has to choose a contract first.
        """
        await tab.open(path, only_read=True)
        shown = await tab.wait_for(
            sales.LEAD_MESSAGE,
            sales.CONTRACT,
            unless_at=(*shell.PREMIUM_PATHS, *shell.NOT_FOUND_PATHS),
        )
        if tab.is_at(shell.NOT_FOUND_PATHS):
            raise ProfileNotFound
        if shown is sales.CONTRACT:
            raise Refused("Sales Navigator asks the account's person which contract to use.")
        if tab.is_at(shell.PREMIUM_PATHS):
            raise Refused(
                "LinkedIn leads this account away from Sales Navigator: it has no seat there."
            )
        found = lead_in(tab.path)
        if found is None or profile_id not in {None, found}:
            raise RecipientMismatch
        if shown is None:
            raise InMailNotAllowed
        page = cls(tab, found)
        await (await tab.whole.require(sales.LEAD_MESSAGE)).click()
        await page._begin()
        return page

    @property
    def credits_left(self) -> int | None:
        """What there is afterwards; `None` where nothing is paid or the dialog does not tell."""
        return self._cost.left_after if self._cost is not None else None

    @property
    def recipient_id(self) -> str:
        """The member's id as Sales Navigator has it."""
        return self._profile_id

    async def write_first(
        self, subject: str | None, text: str, *, subject_is_optional: bool = False
    ) -> None:
        """Put both into the dialog, and see that they stand there unchanged.

        Args:
            subject_is_optional: whether it is left out where there is nothing to write it into.

        Raises:
            ComposerUnavailable: it asks for a subject, and there is none.
            InMailNotAllowed: there is a subject, and nothing to write it into.
            ComposerOccupied: there is another draft, which stays as it is.
            UiChanged: the box shows something else; it is emptied again.
        """
        field = await (await self._form()).find(sales.SUBJECT)
        if field is None and subject is not None and not subject_is_optional:
            raise InMailNotAllowed(
                "Sales Navigator offers an ordinary message to this member, which has no subject."
            )
        if field is None:
            await self.write(text)
            return
        if subject is None:
            raise ComposerUnavailable("Sales Navigator asks for a subject here, and there is none.")
        if (await field.value()).strip() not in {"", subject}:
            raise ComposerOccupied
        await self.write(text)
        self._subject = subject
        try:
            await field.clear()
            await field.type_text(subject)
            await self._prove()
        except BaseException:
            await self._empty()
            raise

    async def _empty(self) -> None:
        # Whatever stands in the way of that must not hide what has gone wrong.
        with suppress(ExecutorError):
            form = await self._form()
            if self._subject is not None:
                await (await form.require(sales.SUBJECT)).take_back()
            await (await form.require(sales.COMPOSER)).take_back()

    async def _begin(self) -> None:
        """Wait for the box, and see what it costs to use it."""
        if await self._tab.wait_for(sales.COMPOSER, seconds=_FORM_SECONDS) is None:
            dialog = await self._tab.whole.find(sales.DIALOG)
            told = sales_cost_in(await dialog.text()) if dialog is not None else None
            if told is not None and not told.is_covered:
                raise InMailCreditsExhausted
            raise ComposerUnavailable("Sales Navigator's dialog has no message box.")
        form = await self._form()
        if await form.find(sales.SUBJECT) is None:
            return  # The two are connected: nothing is paid.

        async def tells() -> bool:
            return sales_cost_in(await (await self._form()).text()) is not None

        await self._tab.wait_until(tells, seconds=_COST_SECONDS)
        self._cost = await self._read_cost()
        if not self._cost.is_covered:
            raise InMailCreditsExhausted

    async def _read_cost(self) -> InMailCost:
        cost = sales_cost_in(await (await self._form()).text())
        if cost is None:
            raise UiChanged("Sales Navigator's dialog does not tell what the InMail costs.")
        return cost

    async def _form(self) -> Part:
        """Return the dialog's form.

        Raises:
            RecipientMismatch: the address or the dialog is somebody else's.
            ComposerUnavailable: there is a conversation with the member already.
        """
        if lead_in(self._tab.path) != self._profile_id:
            raise RecipientMismatch
        dialog = await self._tab.whole.require(sales.DIALOG)
        seen = await dialog.read(sales.DIALOG_MESSAGE, sales.DIALOG_LEAD)
        if seen[sales.DIALOG_MESSAGE.name]:
            raise ComposerUnavailable(
                "There is a conversation with this member in Sales Navigator already; "
                "answer in it by its thread id."
            )
        links = [urlsplit(each.href) for each in seen[sales.DIALOG_LEAD.name]]
        named = {lead_in(unquote(each.path)) for each in links}
        if named - {self._profile_id}:
            raise RecipientMismatch
        return await dialog.require(sales.FORM)

    async def _prove(self) -> None:
        """See that it is the same dialog still, with the same subject and at the same price."""
        field = await (await self._form()).find(sales.SUBJECT)
        shown = None if field is None else await field.value()
        if shown != self._subject:
            raise UiChanged(f"{sales.SUBJECT.name} does not show what was typed into it.")
        if self._cost is not None and await self._read_cost() != self._cost:
            raise UiChanged("What the InMail costs has changed while it was written.")

    def _problem(self, body: RequestBody) -> str | None:
        return beginning_problem(body, self._profile_id, self._text, subject=self._subject)

    def _delivered_in(self, answer: Mapping[str, Any]) -> tuple[str, str] | None:
        return sent_in(answer)


async def newest_sales_message(tab: Tab) -> int:
    """Return when the newest message of Sales Navigator's inbox came, by LinkedIn's clock.

    In milliseconds since 1970; zero for an empty inbox.

    Raises:
        Refused, TimedOut: as `open_sales`.
    """
    listed = await SalesInboxPage(tab).read(count=1)
    return max((each.last_activity_at for each in listed.threads), default=0)


async def find_begun(tab: Tab, text: str, baseline: JsonObject) -> SalesReceipt | None:
    """Look in the inbox for a first message that is in doubt: own, to this member, in these words.

    Only what came after all that was there before counts as new.

    Raises:
        ConversationNotFound, Refused, TimedOut: as `SalesThreadPage.open`.
    """
    newest, recipient = baseline["newest_at"], baseline["recipient_id"]
    listed = await SalesInboxPage(tab).read(count=_LOOKED_AT)
    for thread in listed.threads:
        is_theirs = any(each.profile_id == recipient for each in thread.participants)
        if not is_theirs or thread.last_activity_at <= newest:
            continue
        found = await SalesThreadPage(tab, thread.thread_id).read(_LOOKED_AT)
        for each in found.messages:
            is_new = each.sent_at is not None and each.sent_at > newest
            if is_new and each.is_own and same_words(each.text, text):
                evidence = {
                    "method": "read_back",
                    "by": "landmark",
                    "message_id": each.message_urn,
                }
                return SalesReceipt(
                    thread_id=thread.thread_id, message_id=each.message_urn, evidence=evidence
                )
    return None
