"""Signing in: a person does it in a window, or brings a session along."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from executor.browser.find import has_screen
from executor.browser.launch import BrowserHost
from executor.errors import ExecutorError, SignedOut
from executor.pages.linkedin import LinkedIn

if TYPE_CHECKING:
    from executor.browser.account_browser import AccountBrowser
    from executor.components.member import Member
    from executor.settings import ExecutorSettings
    from storage.tasks import JsonObject

_PATIENCE_S = 15 * 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """A session that a page has shown to be signed in."""

    state: JsonObject
    """Playwright storage state."""
    profile_id: str | None
    """The account's own id, when its pages told it."""

    def __repr__(self) -> str:
        return f"SignedIn(state=<hidden>, profile_id={self.profile_id!r})"


async def sign_in_by_hand(settings: ExecutorSettings) -> SignedIn:
    """Open LinkedIn's sign-in page in a window, and wait until its person has signed in.

    Nothing is typed, read or kept of what the person enters; only the signed-in state is taken.

    Raises:
        SignedOut: the window was closed, or nobody signed in within fifteen minutes.
        SessionBlocked: LinkedIn wants the account's person for something more.
    """
    if not has_screen():
        raise SignedOut(
            "There is no screen here to open a window on. Sign in from another machine with "
            "`login --remote`, or bring a session along with `login --import FILE`."
        )
    visible = settings.model_copy(update={"headless": False})
    async with BrowserHost(visible) as browsers:
        account = await browsers.open_account(None)
        try:
            await account.tab.wait_for_sign_in(_PATIENCE_S)
        except ExecutorError as error:
            raise SignedOut("Nobody signed in; no session was kept.") from error
        return await _signed_in(account)


async def check_state(settings: ExecutorSettings, state: JsonObject) -> SignedIn:
    """See whether a session that was brought along is signed in.

    Raises:
        SessionBlocked: LinkedIn says it is not.
    """
    async with BrowserHost(settings) as browsers:
        account = await browsers.open_account(state)
        await LinkedIn(account.tab, remember=_forget).verify_sign_in()
        return await _signed_in(account)


async def _signed_in(account: AccountBrowser) -> SignedIn:
    profile_id = await LinkedIn(account.tab, remember=_forget).identify()
    return SignedIn(state=await account.current_state(), profile_id=profile_id)


async def _forget(_member: Member) -> None:
    """Keep nothing: signing in visits no profile."""
