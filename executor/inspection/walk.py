"""Walking LinkedIn's pages with a signed-in account, to see whether their elements are found.

Nothing is written and no conversation is opened, which would mark it read: all that is clicked is
the More button of a profile.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from executor.errors import ExecutorError, RateLimited, SessionBlocked
from executor.inspection.elements import Match, elements_of
from executor.inspection.kinds import KINDS, Page, kind_of
from executor.locators import (
    messaging,
    people_search,
    post,
    profile,
    received_invitations,
    sent_invitations,
    shell,
)
from executor.pages.post import PostPage
from executor.pages.profile import ProfilePage

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from executor.browser.tab import Tab
    from executor.inspection.elements import FoundElement
    from executor.locators.element import Element
    from executor.person import Person

_QUIET_SECONDS = 0.4
_LIST_SECONDS = 6.0

Requirement = tuple["Element", ...]
"""Elements of which one has to be there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What was found on one page."""

    name: str
    page: Page
    found: bool
    """Whether it is the page that it should be."""
    elements: list[FoundElement]
    required: frozenset[str]
    """Names of the elements that have to be there; the others depend on whose page it is."""
    missing: list[str]
    """What has to be there and is not found by any candidate."""
    trouble: str | None = None

    @property
    def ok(self) -> bool:
        return self.found and not self.missing and self.trouble is None

    def as_json(self) -> dict[str, Any]:
        return {
            "look": self.name,
            "page": self.page.value,
            "ok": self.ok,
            "missing": self.missing,
            "trouble": self.trouble,
            "elements": [
                {**each.as_json(), "required": each.name in self.required} for each in self.elements
            ],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class _Step:
    name: str
    page: Page
    go: Callable[[Tab], Awaitable[object]]
    required: tuple[Requirement, ...]


_CARD: tuple[Requirement, ...] = (
    (shell.NAVIGATION,),
    (profile.TOP_CARD,),
    (profile.CONTROLS_READY,),
    (profile.NAME,),
)


async def walk(tab: Tab, *, person: Person | None, post_urn: str | None) -> AsyncIterator[Look]:
    """Look at one page after the other, and stop at what concerns the whole account.

    Args:
        person: whose profile to look at, beside the account's own.
        post_urn: which post to look at.

    Raises:
        SessionBlocked, RateLimited: the account cannot go on.
    """
    for step in _steps(person, post_urn):
        yield await _look(tab, step)


async def _look(tab: Tab, step: _Step) -> Look:
    trouble: str | None = None
    try:
        await step.go(tab)
        await tab.settle(_QUIET_SECONDS)
    except (SessionBlocked, RateLimited):
        raise
    except ExecutorError as error:
        trouble = error.message
    kind = await kind_of(tab)
    (wanted,) = (each for each in KINDS if each.page is step.page)
    elements = await elements_of(tab, wanted.groups)
    seen = {each.name for each in elements if each.match is not Match.NONE}
    return Look(
        name=step.name,
        page=step.page,
        found=kind is wanted,
        elements=elements,
        required=frozenset(each.name for group in step.required for each in group),
        missing=[
            " or ".join(each.name for each in group)
            for group in step.required
            if not seen & {each.name for each in group}
        ],
        trouble=trouble,
    )


def _steps(person: Person | None, post_urn: str | None) -> list[_Step]:
    steps = [
        _Step(
            name="own profile",
            page=Page.PROFILE,
            go=_opening("/in/me/", profile.EDIT_INTRO),
            required=(*_CARD, (profile.EDIT_INTRO,)),
        ),
        _Step(
            name="inbox",
            page=Page.COMPOSE,
            # The one address that lists the conversations and opens none (2026-10-04).
            go=_opening("/messaging/compose/", messaging.CONVERSATION),
            required=((shell.NAVIGATION,), (messaging.CONVERSATION,)),
        ),
        _Step(
            name="people search",
            page=Page.PEOPLE_SEARCH,
            go=_opening(_CONNECTIONS, people_search.CARD, people_search.NO_RESULTS),
            required=((shell.NAVIGATION,), (people_search.CARD, people_search.NO_RESULTS)),
        ),
        _Step(
            name="sent invitations",
            page=Page.SENT_INVITATIONS,
            go=_opening(f"{sent_invitations.PATHS[0]}/", sent_invitations.CARD),
            required=((shell.NAVIGATION,),),
        ),
        _Step(
            name="received invitations",
            page=Page.RECEIVED_INVITATIONS,
            go=_opening(f"{received_invitations.PATHS[0]}/", received_invitations.CARD),
            required=((shell.NAVIGATION,),),
        ),
    ]
    if person is not None:
        menu = ((profile.MORE,), (profile.MENU,), (profile.MENU_ITEM,))
        steps.insert(
            1,
            _Step(
                name="profile",
                page=Page.PROFILE,
                go=_opening_menu(person),
                required=(*_CARD, *menu),
            ),
        )
    if post_urn is not None:
        steps.append(
            _Step(
                name="post",
                page=Page.POST,
                go=lambda tab: PostPage.open(tab, post_urn),
                required=((shell.NAVIGATION,), (post.CLASSIC, post.SHELL), (post.TRIGGER,)),
            )
        )
    return steps


_CONNECTIONS = "/search/results/people/?network=%5B%22F%22%5D&origin=FACETED_SEARCH"
"""A search that the commercial-use limit does not count, as it is for one's own connections."""


def _opening(path: str, *awaited: Element) -> Callable[[Tab], Awaitable[object]]:
    async def go(tab: Tab) -> None:
        await tab.open(path, only_read=True)
        await tab.wait_for(shell.NAVIGATION)
        await tab.wait_for(*awaited, seconds=min(tab.step_seconds, _LIST_SECONDS))

    return go


def _opening_menu(person: Person) -> Callable[[Tab], Awaitable[object]]:
    async def go(tab: Tab) -> None:
        await (await ProfilePage.open(tab, person)).open_menu()

    return go
