"""The page of a single post: which one it is, and the account's reaction to it."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from executor.components.post_requests import reaction_problem
from executor.components.refusal import is_accepted, raise_if_refused, tells_success
from executor.errors import (
    ExecutorError,
    PostNotFound,
    RecipientMismatch,
    Refused,
    TimedOut,
    UiChanged,
    Unproven,
)
from executor.locators import post, shell

if TYPE_CHECKING:
    from executor.attempt import Attempt
    from executor.browser.guard import RequestBody
    from executor.browser.part import Part
    from executor.browser.tab import Tab
    from executor.post import Reaction
    from storage.tasks import JsonObject

_MISMATCH = "The page shows another post than the one asked for; nothing was sent."
_LOAD_SECONDS = 5.0


class OwnReaction(StrEnum):
    """How the account has reacted; those with a name bear it as `Reaction` does."""

    NONE = "none"
    LIKE = "like"
    PRAISE = "praise"
    APPRECIATION = "appreciation"
    EMPATHY = "empathy"
    INTEREST = "interest"
    ENTERTAINMENT = "entertainment"
    OTHER = "other"
    """In a way that has no name here."""
    UNCLEAR = "unclear"
    """There is one, and its name stands there only in a language that is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where things are on the page as it is now."""

    post: Part
    """The post with its own controls."""
    whole: Part
    """The post with whatever belongs to it."""
    urn: str | None
    """By the page's own word; React tells it only of posts that somebody has reacted to."""


class PostPage:
    """A post that has been proven to be the one asked for."""

    def __init__(self, tab: Tab, urn: str) -> None:
        self.tab = tab
        self.urn = urn

    @classmethod
    async def open(cls, tab: Tab, urn: str) -> PostPage:
        """Open a post by its URN and wait for its reaction button.

        Raises:
            PostNotFound: there is none, or this account may not see it.
            RecipientMismatch: LinkedIn shows another one.
            UiChanged: the page is not understood.
        """
        await tab.open(f"{_path(urn)}/")
        shown = await tab.wait_for(post.CLASSIC, post.SHELL, unless_at=shell.NOT_FOUND_PATHS)
        if shown is None:
            # A changed page must not pass for a missing post, so any trace of one counts.
            if (await tab.whole.read(post.ANY_TRACE))[post.ANY_TRACE.name]:
                raise tab.whole.missing(post.SHELL)
            raise PostNotFound
        page = cls(tab, urn)
        await tab.wait_until(page._is_ready, seconds=tab.step_seconds)
        await tab.whole.run("until_loaded", {"timeout": _LOAD_SECONDS * 1000})
        await page.place()
        return page

    async def place(self) -> Place:
        """Find the post on the page and prove, by its URN, that it is the right one.

        Raises:
            RecipientMismatch: it is another one.
        """
        found = await find_post(self.tab)
        # Without the page's word the address has to do; the request itself is compared again.
        if found.urn != self.urn and not (found.urn is None and self.tab.is_at((_path(self.urn),))):
            raise RecipientMismatch(_MISMATCH)
        return found

    async def reaction(self) -> OwnReaction:
        """Read how the account has reacted."""
        place = await self.place()
        reaction = await _read(await place.post.require(post.TRIGGER))
        if place.urn is None and reaction is not OwnReaction.NONE:
            raise UiChanged("Nothing on the page says by its URN which post has the reaction.")
        return reaction

    async def has(self, reaction: Reaction, *, replaces: bool = False) -> bool:
        """Tell whether the account has reacted to the post so already.

        Args:
            replaces: whether another reaction may give way.

        Raises:
            Refused: it has reacted in another way, which was not to give way or cannot be told.
        """
        wanted, shown = OwnReaction(reaction), await self.reaction()
        gives_way = replaces and shown is not OwnReaction.UNCLEAR
        if shown not in {wanted, OwnReaction.NONE} and not gives_way:
            raise Refused(
                "The account has reacted to this post in another way, or in one that cannot be "
                "told; that was left as it is."
            )
        return shown is wanted

    async def give(self, reaction: Reaction, attempt: Attempt) -> JsonObject:
        """React to the post, in place of another reaction if there is one; return what proves it.

        Raises:
            NotSent: LinkedIn refused, or the request was stopped; nothing was sent.
            Unproven: it may be done.
        """
        wanted, before = OwnReaction(reaction), await self.reaction()
        # The trigger gives a like, or takes back whatever there is.
        is_plain = wanted is OwnReaction.LIKE and before is OwnReaction.NONE
        control = await (self._trigger() if is_plain else self._choice(wanted))
        return await self._change(control, before, wanted, attempt)

    async def take_like_back(self, attempt: Attempt) -> JsonObject:
        """Take one's like back, and return what proves it; raises as `give` does."""
        trigger = await self._trigger()
        return await self._change(trigger, OwnReaction.LIKE, OwnReaction.NONE, attempt)

    async def _trigger(self) -> Part:
        return await (await self.place()).post.require(post.TRIGGER)

    async def _choice(self, wanted: OwnReaction) -> Part:
        """Open the menu of reactions, and return the one that is wanted."""
        opener = await (await self.place()).post.find(post.REACTIONS_MENU)
        if opener is None:
            await (await self._trigger()).hover()
        else:
            await opener.click()
        choice = post.CHOICES[wanted]
        await self.tab.wait_for(choice)
        return await self.tab.whole.require(choice)

    async def _change(
        self, control: Part, before: OwnReaction, wanted: OwnReaction, attempt: Attempt
    ) -> JsonObject:
        await control.wait_until_pressable(self.tab.step_seconds)
        # One button does and undoes, so what it would do now is read once more.
        if await self.reaction() is not before:
            raise TimedOut("The reaction changed while it was looked at.")
        named = None if wanted is OwnReaction.NONE else wanted.upper()

        def check(body: RequestBody) -> str | None:
            return reaction_problem(body, self.urn, wanted=named)

        answer = await self.tab.submit(
            post.CHANGE_REACTION,
            check=check,
            before_click=lambda: attempt.submitting({"reaction": before.value}),
            before_request=attempt.leaving,
            click=control.click,
        )
        if answer is not None:
            raise_if_refused(answer)
            if tells_success(answer):
                return {"method": "network", "status": answer.status}
            if is_accepted(answer) and await self._shows_after_reload(before, wanted):
                return {"method": "reload", "status": answer.status}
        raise Unproven

    async def _shows_after_reload(self, before: OwnReaction, wanted: OwnReaction) -> bool:
        """Look at the post anew: the button changes before the server has answered."""
        with suppress(ExecutorError):
            page = await PostPage.open(self.tab, self.urn)
            return proves(await page.reaction(), before=before, wanted=wanted)
        return False

    async def _is_ready(self) -> bool:
        place = await find_post(self.tab)
        return await place.post.find(post.TRIGGER) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPost:
    """A post as its page shows it."""

    urn: str | None
    """By the page's own word; `None` where only the address tells."""
    reaction: OwnReaction | None
    """`None` when it cannot be told."""
    can_comment: bool | None


async def shown_post(tab: Tab) -> ShownPost:
    """Read the post on the page that is open already.

    Raises:
        UiChanged: there is no post on it, or more than one.
    """
    place = await find_post(tab)
    trigger = await place.post.find(post.TRIGGER)
    reaction = None
    with suppress(UiChanged):
        reaction = await _read(trigger) if trigger is not None else None
    return ShownPost(urn=place.urn, reaction=reaction, can_comment=await offers_comment(place))


async def offers_comment(place: Place) -> bool | None:
    """Tell whether one may comment on a post; `None` when its controls do not say."""
    if await place.whole.find(post.COMPOSER) or await place.post.find(post.COMMENT):
        return True
    # A control that nobody sees is no answer, and neither is a row of controls that is not there.
    is_hidden = await place.post.has(post.COMMENT)
    return None if is_hidden or await place.post.find(post.TRIGGER) is None else False


async def find_post(tab: Tab) -> Place:
    """Find the post that the page is about.

    Raises:
        UiChanged: there is none, or it is not marked as expected.
    """
    if (classic := await tab.whole.find(post.CLASSIC)) is not None:
        return Place(post=classic, whole=classic, urn=await classic.attribute("data-urn"))
    frame = await tab.whole.require(post.SHELL)
    named = re.fullmatch(post.SHELL_ID, await frame.attribute("id") or "")
    if named is None or not re.fullmatch(r"[^\"\\]+", named["key"]):
        raise UiChanged(f"{post.SHELL.name} is not named as expected.")
    card = await tab.whole.require(post.card(named["key"]))
    facepile = await card.find(post.FACEPILE)
    if facepile is None:
        return Place(post=card, whole=frame, urn=None)
    told = re.fullmatch(post.FACEPILE_ID, await facepile.attribute("data-testid") or "")
    if told is None:
        raise UiChanged(f"{post.FACEPILE.name} does not name its post.")
    return Place(post=card, whole=frame, urn=told["urn"])


async def _read(trigger: Part) -> OwnReaction:
    pressed = await trigger.attribute("aria-pressed")
    label = await trigger.attribute("aria-label") or ""
    # The trigger is a toggle: where its words and its state deny each other, nobody presses it.
    if pressed == "false" and label.startswith(post.UNREACT_LABEL):
        raise UiChanged(f"{post.TRIGGER.name} does not say whether there is a reaction.")
    if pressed == "false":
        return OwnReaction.NONE
    if pressed == "true":
        known = label.startswith(post.UNREACT_LABEL)
        word = label.removeprefix(post.UNREACT_LABEL)
        named = [name for name, each in post.REACTION_WORDS.items() if known and each == word]
        return OwnReaction(named[0] if named else "other" if known else "unclear")
    not_reacted = await trigger.find(post.NOT_REACTED) is not None
    reacted = await trigger.find(post.REACTED) is not None
    state = label.removeprefix(post.STATE_LABEL) if label.startswith(post.STATE_LABEL) else None
    denied = state is not None and (state == post.NO_REACTION) is not not_reacted
    if not_reacted is reacted or denied:
        raise UiChanged(f"{post.TRIGGER.name} does not say whether there is a reaction.")
    if not_reacted:
        return OwnReaction.NONE
    for name, icon in post.REACTED_WITH.items():
        if await trigger.find(icon) is not None:
            return OwnReaction(name)
    return OwnReaction.OTHER


async def find_reaction(
    tab: Tab, urn: str, baseline: JsonObject, wanted: OwnReaction
) -> JsonObject | None:
    """Look for a reaction that is in doubt, or for a like that was to be taken back."""
    before = OwnReaction(baseline["reaction"])
    reaction = await (await PostPage.open(tab, urn)).reaction()
    if not proves(reaction, before=before, wanted=wanted):
        return None
    return {"method": "read_back", "reaction": reaction.value}


def proves(reaction: OwnReaction, *, before: OwnReaction, wanted: OwnReaction) -> bool:
    """Tell whether this is what the wanted change, and nothing else, leaves behind."""
    if before is wanted:
        return False
    # Where there was none before, what came since is ours, unless the page names another one.
    is_ours = before is OwnReaction.NONE and reaction is OwnReaction.UNCLEAR
    return reaction is wanted or is_ours


def _path(urn: str) -> str:
    return f"/feed/update/{urn}"
