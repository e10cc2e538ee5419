"""Following a member, and no longer doing so, on the member's profile."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from executor.components.follow_requests import Followed, follow_problem
from executor.components.member import Member, names
from executor.components.refusal import is_accepted, raise_if_refused
from executor.errors import ExecutorError, TimedOut, UiChanged, Unproven
from executor.locators import follow
from executor.pages.profile import ProfilePage
from executor.person import Person

if TYPE_CHECKING:
    from executor.attempt import Attempt
    from executor.browser.guard import RequestBody
    from executor.browser.part import Part
    from executor.browser.tab import Tab
    from storage.tasks import JsonObject

_ASKS_SECONDS = 2.0
"""How long after Following a question may come, unless the request has left by then."""


class Following:
    """The control by which the account follows a member, and what it shows."""

    def __init__(self, tab: Tab, followed: Followed, control: Part, *, follows: bool) -> None:
        self._tab = tab
        self._followed = followed
        self._control = control
        self._has_left = False
        self.follows = follows
        """Whether the account follows the member now."""

    @classmethod
    async def open(cls, tab: Tab, profile: ProfilePage) -> Following:
        """Find the control in the profile's card, or below its More.

        Raises:
            RecipientMismatch: the profile is the account's own.
            UiChanged: there is no control, or it does not tell whether the member is followed.
        """
        control = await profile.follow_control()
        if control is None:
            raise UiChanged(
                f"Neither {follow.CONTROL.name} nor {follow.MENU_CONTROL.name} is there."
            )
        follows = await _follows(control, profile.member)
        if follows is None:
            raise UiChanged(f"{control.name} does not tell whether its member is followed.")
        number = await profile.member_number(control)
        return cls(tab, Followed(member=profile.member, number=number), control, follows=follows)

    async def change(self, attempt: Attempt) -> JsonObject:
        """Follow the member, or stop it when that is so already, and return what proves it.

        Raises:
            NotSent: LinkedIn refused, or the request was stopped; nothing has changed.
            Unproven: it may be done.
        """
        wanted = not self.follows
        await self._control.wait_until_pressable(self._tab.step_seconds)
        # One control does both, so what it would do now is read once more.
        if await _follows(self._control, self._followed.member) is not self.follows:
            raise TimedOut("What the control does changed while it was looked at.")
        baseline = {"member": self._followed.member.as_json, "following": self.follows}

        def check(body: RequestBody) -> str | None:
            return follow_problem(body, self._followed, follows=wanted)

        async def leaving(marks: JsonObject) -> None:
            await attempt.leaving(marks)
            self._has_left = True

        answer = await self._tab.submit(
            follow.CHANGE_FOLLOWING,
            check=check,
            before_click=lambda: attempt.submitting(baseline),
            before_request=leaving,
            click=self._control.click if wanted else self._unfollow,
        )
        if answer is not None:
            raise_if_refused(answer)
            # Neither form's answer tells anything: a 200 is no proof (2026-09).
            if is_accepted(answer):
                with suppress(ExecutorError):
                    if await _follows_now(self._tab, self._followed.member) is wanted:
                        return {"method": "reload", "following": wanted, "status": answer.status}
        raise Unproven

    async def _unfollow(self) -> None:
        """Press Following, and Unfollow where LinkedIn asks once more (2026-10-09)."""
        await self._control.click()
        await self._tab.wait_until(self._left_or_asked, seconds=_ASKS_SECONDS)
        if not self._has_left and await self._is_asked():
            await (await self._tab.whole.require(follow.UNFOLLOW_ANYWAY)).click()

    async def _left_or_asked(self) -> bool:
        return self._has_left or await self._is_asked()

    async def _is_asked(self) -> bool:
        return await self._tab.whole.find(follow.UNFOLLOW_ANYWAY) is not None


async def find_following(tab: Tab, baseline: JsonObject, *, follows: bool) -> JsonObject | None:
    """Look on the profile whether the member is followed now, or is not any more.

    Raises:
        ExecutorError: the profile cannot be read.
    """
    if baseline.get("following") is not (not follows):
        return None
    if await _follows_now(tab, Member.from_json(baseline["member"])) is not follows:
        return None
    return {"method": "read_back", "following": follows}


async def _follows_now(tab: Tab, member: Member) -> bool:
    profile = await ProfilePage.open(tab, Person(profile_id=member.profile_id))
    return (await Following.open(tab, profile)).follows


async def _follows(control: Part, member: Member) -> bool | None:
    """Read whether the member is followed; `None` when words and icon are unknown, or disagree."""
    said = {
        _by_words(await control.text(), ""),
        _by_words(await control.attribute("aria-label") or "", member.name),
        await _by_icon(control),
    } - {None}
    return said.pop() if len(said) == 1 else None


def _by_words(said: str, name: str) -> bool | None:
    if name and not names(said, name):
        return None
    words = said.partition(name)[0].strip() if name else said
    if words in follow.OFFERING_WORDS:
        return False
    return True if words in follow.FOLLOWED_WORDS else None


async def _by_icon(control: Part) -> bool | None:
    offered = await control.find(follow.OFFERED) is not None
    followed = await control.find(follow.FOLLOWED) is not None
    return None if offered is followed else followed
