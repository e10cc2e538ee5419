"""The page that invites one member, and its two-step dialog."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, quote, urlsplit

from executor.components.member import names
from executor.components.refusal import raise_if_refused, tells_success
from executor.errors import (
    EmailRequired,
    InvitationLimitReached,
    NoteLimitReached,
    NoteTooLong,
    RecipientMismatch,
    UiChanged,
    Unproven,
)
from executor.locators import invite

if TYPE_CHECKING:
    from executor.attempt import Attempt
    from executor.browser.call import Answer
    from executor.browser.part import Part
    from executor.browser.tab import Tab
    from executor.components.member import Member
    from executor.components.relationship import Relationship
    from storage.tasks import JsonObject

_PATH = "/preload/custom-invite"
_MARKED_SHARE = 0.6
"""Part of the step's time in which a dialog with known marks is waited for."""
_UNMARKED_SECONDS = 2.0
_AFTER_WARNING_SECONDS = 3.0
_NOTE_SECONDS = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationReceipt:
    """Proof of a sent invitation."""

    invitee_profile_id: str
    invitation_urn: str | None
    evidence: JsonObject


_DIALOGS = (invite.EMAIL_GATE, invite.LIMIT_REACHED, invite.DIALOG, invite.LIMIT_ALERT)
"""What may come up, each of which goes before those behind it."""


class ShownDialog(StrEnum):
    """What the invite page shows."""

    TWO_STEP = "two_step"
    """The first step: with a note, or without."""
    NOTE_STEP = "note_step"
    EMAIL_GATE = "email_gate"
    WEEKLY_LIMIT = "weekly_limit"
    NOTE_QUOTA = "note_quota"
    """The account's personalised invitations are used up."""


async def shown_dialog(tab: Tab) -> tuple[ShownDialog | None, bool]:
    """Return which dialog is open on the page, and whether a notice about limits is as well.

    A notice without the lock may be a warning, behind which the dialog comes up (2026).
    """
    noticed = await tab.shows(invite.LIMIT_ALERT) is not None
    shown = await tab.shows(*_DIALOGS)
    if shown is invite.EMAIL_GATE:
        return ShownDialog.EMAIL_GATE, noticed
    if shown is invite.LIMIT_REACHED:
        return ShownDialog.WEEKLY_LIMIT, noticed
    if shown is invite.DIALOG:
        dialog = await tab.whole.require(invite.DIALOG)
        if await dialog.find(invite.NOTE) is not None:
            return ShownDialog.NOTE_STEP, noticed
        if await dialog.find(invite.SEND_WITHOUT_NOTE) is not None:
            return ShownDialog.TWO_STEP, noticed
    quota = await tab.shows(invite.NOTE_UPSELL) is not None
    unmarked = await tab.shows(invite.UNMARKED_DIALOG) is not None
    is_quota = quota and not unmarked and await _is_note_limit(tab, was_asked=False)
    return (ShownDialog.NOTE_QUOTA if is_quota else None), noticed


async def _is_note_limit(tab: Tab, *, was_asked: bool) -> bool:
    """Tell whether the offer of Premium is the note limit's notice, and no advert.

    Args:
        was_asked: whether a note has just been asked for, so that the notice is due; in languages
            whose words are not known nothing else may tell.
    """
    dialogs = await tab.whole.count(invite.UPSELL)
    steps = [await tab.whole.last(each) for each in (invite.DIALOG, invite.UNMARKED_DIALOG)]
    offers = [await each.has(invite.PREMIUM_LINK) for each in steps if each is not None]
    if max(dialogs) != 1 or not all(offers):
        # Two adverts, or one beside a step of the invitation that is still open.
        return False
    dialog = await tab.whole.require(invite.UPSELL)
    link = await dialog.last(invite.PREMIUM_LINK)
    address = "" if link is None else await link.attribute("href") or ""
    (origin,) = parse_qs(urlsplit(address).query).get(invite.PREMIUM_ORIGIN, [""])[:1]
    words = (await dialog.text()).lower()
    language = await tab.whole.attribute("lang") or ""
    is_about_them = invite.ABOUT_INVITATIONS in words
    if origin and invite.ABOUT_INVITATIONS not in origin:
        return False
    if language.startswith("en"):
        says_so = re.search(invite.USED_UP, words) is not None
        return is_about_them and (was_asked or says_so)
    return was_asked or bool(origin) or is_about_them or not language


class InvitationPage:
    """An open dialog that invites one member."""

    def __init__(self, tab: Tab, member: Member) -> None:
        self._tab = tab
        self._member = member
        self._note: str | None = None
        self._marked = True
        """Whether the dialog bears marks that no other has."""
        self._send = invite.SEND_WITHOUT_NOTE

    @classmethod
    async def open(cls, tab: Tab, member: Member) -> InvitationPage:
        """Open the invite page by the member's vanity and wait for its dialog.

        Raises:
            InvitationLimitReached: the weekly limit's notice stands in the dialog's place.
            EmailRequired: LinkedIn wants the member's e-mail address first.
            UiChanged: no dialog came.
        """
        if member.vanity is None:
            raise UiChanged("The profile's vanity name is nowhere on its page.")
        await tab.open(f"{_PATH}/?vanityName={quote(member.vanity, safe='')}")
        page = cls(tab, member)
        shown = await tab.wait_for(*_DIALOGS, seconds=tab.step_seconds * _MARKED_SHARE)
        if shown is invite.LIMIT_ALERT:
            # A mere warning: the dialog comes all the same, and the invitation is sent (2026).
            shown = await tab.wait_for(invite.DIALOG, seconds=_AFTER_WARNING_SECONDS) or shown
        if shown is invite.EMAIL_GATE:
            raise EmailRequired
        if shown is invite.LIMIT_REACHED:
            raise InvitationLimitReached
        if shown is not invite.DIALOG and not await page._is_named_by_unmarked_dialog():
            if shown is invite.LIMIT_ALERT:
                raise InvitationLimitReached
            raise tab.whole.missing(invite.DIALOG)
        return page

    async def leave_out_note(self) -> None:
        """Choose to invite without a note."""
        self._send = invite.SEND_WITHOUT_NOTE

    async def write_note(self, note: str) -> None:
        """Go to the dialog's second step and put the note in.

        Raises:
            NoteLimitReached: the account has no personalised invitations left.
            NoteTooLong: LinkedIn allows this account fewer characters.
        """
        dialog = await self._dialog()
        add = await dialog.require(invite.ADD_NOTE)
        await add.click()
        # The upsell counts only in the field's place: adverts with such links are about as well.
        shown = await self._tab.wait_for(
            invite.NOTE, invite.EMAIL_GATE, seconds=_NOTE_SECONDS
        ) or await self._tab.wait_for(invite.NOTE, invite.NOTE_UPSELL, invite.EMAIL_GATE)
        if shown is invite.NOTE_UPSELL:
            if await _is_note_limit(self._tab, was_asked=True):
                raise NoteLimitReached
            shown = await self._tab.wait_for(invite.NOTE, invite.EMAIL_GATE)
        if shown is invite.EMAIL_GATE:
            raise EmailRequired
        dialog = await self._dialog()
        box = await dialog.require(invite.NOTE)
        await self._require_room(dialog, note)
        await box.type_text(note)
        if await box.value() != note:
            raise NoteTooLong("LinkedIn's note field did not take the whole note.")
        self._note = note
        self._send = invite.SEND

    def baseline(self, relationship: Relationship) -> JsonObject:
        """Return what a read-back needs to know of the time before the click.

        Args:
            relationship: what the member's profile has just shown.
        """
        return {"member": self._member.as_json, "relationship": relationship.value}

    async def send(self, baseline: JsonObject, attempt: Attempt) -> InvitationReceipt:
        """Send the invitation, and return what proves it.

        Args:
            baseline: what `baseline` returned.
            attempt: takes down the intent when everything is ready for the click.

        Raises:
            NotSent: LinkedIn refused, or the request was stopped; nothing was sent.
            Unproven: it may have been sent.
        """
        button = await (await self._dialog()).require(self._send)
        await button.wait_until_pressable(self._tab.step_seconds)
        self._prove_invitee()
        answer = await self._tab.submit(
            invite.CREATE_INVITATION,
            check=self._check,
            before_click=lambda: attempt.submitting(baseline),
            before_request=attempt.leaving,
            click=button.click,
        )
        if answer is not None:
            raise_if_refused(answer)
            if tells_success(answer):
                return self._receipt_of(answer)
        # Whether the profile shows it as pending is for a read-back to see: it takes another page.
        raise Unproven

    async def _is_named_by_unmarked_dialog(self) -> bool:
        """Look for a dialog without known marks, which counts when it names the invitee."""
        if await self._tab.wait_for(invite.UNMARKED_DIALOG, seconds=_UNMARKED_SECONDS) is None:
            return False
        dialog = await self._tab.whole.require(invite.UNMARKED_DIALOG)
        self._marked = not names(await dialog.text(), self._member.name)
        return not self._marked

    async def _dialog(self) -> Part:
        # Its second step is marked by the note's field in every language.
        found = await self._tab.whole.find(invite.DIALOG)
        if found is not None or self._marked:
            return found or await self._tab.whole.require(invite.DIALOG)
        return await self._tab.whole.require(invite.UNMARKED_DIALOG)

    async def _require_room(self, dialog: Part, note: str) -> None:
        """Compare the note with the denominator of the field's counter, where one is shown."""
        counter = re.search(r"(?<!\d)\d+\s*/\s*(\d+)(?!\d)", await dialog.text())
        if counter and len(note) > int(counter[1]):
            raise NoteTooLong(
                f"LinkedIn allows this account {counter[1]} characters; the note has {len(note)}."
            )

    def _prove_invitee(self) -> None:
        vanity = self._tab.query("vanityName") or ""
        if not self._tab.is_at((_PATH,)) or not self._member.is_named(vanity):
            raise RecipientMismatch

    def _check(self, body: JsonObject) -> str | None:
        """Compare the page's request with what the task is about."""
        invitee: Any = body.get("invitee")
        union = invitee.get("inviteeUnion") if isinstance(invitee, dict) else None
        urn = union.get("memberProfile") if isinstance(union, dict) else None
        if not isinstance(urn, str) or urn.rpartition(":")[2] != self._member.profile_id:
            return "The request names somebody else."
        if str(body.get("customMessage") or "").split() != (self._note or "").split():
            return "The request holds another note."
        return None

    def _receipt_of(self, answer: Answer) -> InvitationReceipt:
        # The answer names the invitee as well; only the invitation's own urn belongs in a receipt.
        found = re.search(r"urn:li:(?:fsd_)?invitation:\d+", str(answer.body))
        return InvitationReceipt(
            invitee_profile_id=self._member.profile_id,
            invitation_urn=found[0] if found else None,
            evidence={"method": "network", "status": answer.status},
        )
