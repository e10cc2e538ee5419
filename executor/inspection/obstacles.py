"""Whether the account is signed in, and what stands in its way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from executor.errors import SessionBlocked
from executor.inspection.kinds import Page
from executor.locators import shell
from storage.tasks import ErrorCode

if TYPE_CHECKING:
    from executor.browser.tab import Tab
    from executor.inspection.kinds import Kind

_LONGEST_NOTICE = 600
"""More characters than a page has that only says that the account is throttled."""

_PAGE_OF = {
    ErrorCode.SIGNED_OUT: Page.LOGIN,
    ErrorCode.CHALLENGE: Page.CHECKPOINT,
    ErrorCode.ACCOUNT_RESTRICTED: Page.RESTRICTION,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How the account stands on a page."""

    signed_in: bool | None
    """`None` when the page does not tell, or denies what it tells."""
    obstacle: str | None = None
    page: Page = Page.UNKNOWN
    """The page that belongs to the obstacle."""


async def standing_on(tab: Tab, kind: Kind | None) -> Standing:
    """Read the frame of a page.

    Args:
        kind: what it has been recognised as; such a page is not in an obstacle's place.
    """
    framed = await tab.shows(shell.NAVIGATION) is not None
    try:
        tab.raise_for_obstacle()
        blocked = None if framed or kind is not None else await _blocked_by_content(tab)
    except SessionBlocked as error:
        blocked = error.code
    if blocked is not None:
        if framed:
            return Standing(signed_in=None)  # Address and frame deny each other.
        signed_in = False if blocked is ErrorCode.SIGNED_OUT else None
        return Standing(signed_in=signed_in, obstacle=blocked.value, page=_PAGE_OF[blocked])
    if tab.is_at(shell.NOT_FOUND_PATHS):
        return Standing(
            signed_in=framed or None, obstacle=Page.NOT_FOUND.value, page=Page.NOT_FOUND
        )
    if not framed and kind is None and await _is_throttled(tab):
        return Standing(signed_in=None, obstacle=ErrorCode.RATE_LIMITED.value)
    if framed and await tab.shows(shell.SIGN_IN) is not None:
        return Standing(signed_in=None)
    return Standing(signed_in=framed or None)


async def _blocked_by_content(tab: Tab) -> ErrorCode | None:
    shown = await tab.shows(shell.SIGN_IN, shell.CHALLENGE)
    if shown is shell.SIGN_IN:
        return ErrorCode.SIGNED_OUT
    # Benign captcha frames are common (2026-08), so one counts only in the page's place.
    return ErrorCode.CHALLENGE if shown is shell.CHALLENGE else None


async def _is_throttled(tab: Tab) -> bool:
    """Tell it by words, which are trusted only where there is no content at all (2026-09-23)."""
    if await tab.shows(shell.MAIN) is not None:
        return False
    text = (await tab.whole.text()).lower()
    return len(text) < _LONGEST_NOTICE and any(words in text for words in shell.THROTTLED_WORDS)
