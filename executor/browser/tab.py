"""The tab that an account works in, as page objects see it."""

from __future__ import annotations

import json
import time
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, unquote, urlsplit

from playwright.async_api import Error

from executor.address import is_below
from executor.browser.call import Answer, Overheard, PageCall
from executor.browser.download import download
from executor.browser.failures import bounded, has_moved_on, translated
from executor.browser.guard import Permission, no_marks, taken_down_nowhere
from executor.browser.identity import Identity
from executor.browser.navigation import go_to
from executor.browser.obstacles import obstacle_at
from executor.browser.part import Part
from executor.browser.picture import take_picture
from executor.browser.scripts import as_data, on_the_page, script
from executor.browser.scrolling import Scrolling
from executor.browser.uploads import Uploads
from executor.components.participants import Participants
from executor.errors import (
    Challenged,
    InvitationLimitReached,
    NotSent,
    OtherAccount,
    RateLimited,
    Refused,
    SignedOut,
    TimedOut,
)
from executor.locators import account, invite, messaging, shell

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator, Sequence

    from playwright.async_api import Page

    from executor.browser.download import Downloaded
    from executor.browser.guard import BodyCheck, BodyMarks, Commit, Guard
    from executor.browser.picture import Picture
    from executor.errors import SessionBlocked
    from executor.locators.element import Element, NetworkCall
    from executor.locators.lookup import Lookup
    from executor.settings import ExecutorSettings

_THROTTLED = {429, 999}
_SERVER_TROUBLE = 500
_LONGEST_BLIND_S = 0.5


class Tab:
    """One page of LinkedIn at a time, with obstacles recognised wherever it leads."""

    def __init__(
        self, page: Page, guard: Guard | None, settings: ExecutorSettings, lookup: Lookup
    ) -> None:
        """Watch a page.

        Args:
            guard: `None` for a page that is only looked at; nothing can be submitted there.
        """
        self._page = page
        self._guard = guard
        self._settings = settings
        self._lookup = lookup
        self._crashed = False
        page.on("crash", self._on_crash)
        self.status: int | None = None
        """HTTP status of the page that was opened last."""
        self.whole = Part(page.locator("html"), "the page", lookup)
        self.scrolling = Scrolling(page, self.whole)
        self.participants = Participants()
        """Whose the conversations are that the page has loaded."""
        self.identity = Identity()
        heard = (
            (account.OWN_ACCOUNT, self.identity.learn),
            (messaging.LOAD_CONVERSATIONS, self.participants.learn_conversations),
            (messaging.LOAD_MESSAGES, self.participants.learn_from_messages),
        )
        self._overheard = [Overheard(guard, *each) for each in heard] if guard is not None else []

    @property
    def is_open(self) -> bool:
        """Whether its page has neither been closed nor crashed."""
        return not self._crashed and not self._page.is_closed()

    @property
    def path(self) -> str:
        """The address's path, decoded, without query."""
        return unquote(urlsplit(self._page.url).path)

    def query(self, name: str) -> str | None:
        """Return a parameter of the address, decoded."""
        return next(iter(parse_qs(urlsplit(self._page.url).query).get(name, ())), None)

    def is_at(self, paths: tuple[str, ...]) -> bool:
        """Tell whether the address lies at or below one of these paths."""
        return is_below(self.path, paths)

    @bounded
    async def title(self) -> str:
        return (await self._page.title()).strip()

    @bounded
    async def own_paths(self) -> list[str]:
        """Return the decoded paths that the page gives as its own in its head, the surest first."""
        addresses = await self._page.evaluate(script("own_addresses"))
        return [unquote(urlsplit(address).path) for address in addresses]

    async def begin_task(self) -> None:
        """Forget what pages told during earlier tasks, which would pile up; refresh locators."""
        self.participants.forget()
        self.scrolling.forget()
        await self.refresh_locators()

    async def refresh_locators(self) -> None:
        """Take over what the operator has changed in `locators.toml` since the last time."""
        await self._lookup.refresh(self._css_faults)

    @bounded
    async def _css_faults(self, selectors: Sequence[str]) -> list[str]:
        return list(await self._page.evaluate(script("css_faults"), list(selectors)))

    async def settle(self, seconds: float) -> None:
        """Wait until nothing has changed on the page for so long, or for ten times that."""
        await self.whole.run("until_quiet", {"quiet": seconds * 1000, "timeout": seconds * 10_000})

    def overhearing(
        self,
        call: NetworkCall,
        tell: Callable[[str, dict[str, Any]], None],
        refuse: Callable[[str, int], None] | None = None,
        ask: Callable[[str], None] | None = None,
    ) -> AbstractContextManager[object]:
        """Hand the answers to one kind of the page's own requests on, with their addresses.

        Args:
            refuse: gets the addresses and statuses of those that LinkedIn did not grant.
            ask: gets the addresses of all of them, when the page asks.
        """
        guard = self._guard
        return Overheard(guard, call, tell, refuse, ask) if guard is not None else nullcontext()

    @contextmanager
    def following_uploads(self, announce: NetworkCall) -> Iterator[Uploads]:
        """Follow the files that the page uploads, each of which it announces by this call."""
        with Uploads(self._page, announce).watched() as uploads:
            yield uploads

    async def download(self, url: str) -> Downloaded:
        """Fetch a file that came with a message; raises as `executor.browser.download` does."""
        return await download(
            self._page.context.request,
            url,
            site=self._settings.site,
            max_bytes=self._settings.download_max_bytes,
        )

    @translated
    async def open(
        self,
        path: str,
        *,
        only_read: bool = False,
        may_tell: Callable[[str], bool] | None = None,
    ) -> None:
        """Go to a page of LinkedIn.

        Args:
            only_read: whether nobody is to be told that the page was looked at, such as whose
                message it shows; until another page is opened.
            may_tell: given an address, says whether the page may tell it there all the same.

        Raises:
            SessionBlocked: LinkedIn shows a sign-in page, a check or a restriction instead.
            RateLimited: LinkedIn throttles the account.
            TimedOut: LinkedIn cannot be reached, or has trouble itself.
        """
        if self._guard is not None:
            # Until the new page is there, the old one's rule applies as well.
            self._guard.only_reads = self._guard.only_reads or only_read
            self._guard.may_tell = may_tell
        response = await go_to(self._page, f"{self._settings.site}{path}")
        if self._guard is not None:
            self._guard.only_reads = only_read
        self.status = response.status if response is not None else None
        if self.status in _THROTTLED:
            raise RateLimited
        if self.status is not None and self.status >= _SERVER_TROUBLE:
            raise TimedOut(f"LinkedIn answered with status {self.status}.")
        self.raise_for_obstacle()

    @translated
    async def wait_for_sign_in(self, seconds: float) -> None:
        """Show the sign-in page and wait until the person is through with it, checks included.

        Raises:
            BrowserCrashed: the window was closed.
            TimedOut: nobody signed in.
        """
        await go_to(self._page, f"{self._settings.site}/login")
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            if await self.is_signed_in(min(left, _LONGEST_BLIND_S)):
                return
        raise TimedOut

    @translated
    async def lead_to_sign_in(self) -> None:
        """Go where LinkedIn wants the account's person: signing in, a check, or the feed."""
        await go_to(self._page, f"{self._settings.site}/feed/")
        if self._obstacle() is SignedOut:
            # A wall that asks visitors to join may have come instead.
            await go_to(self._page, f"{self._settings.site}/login")

    async def is_signed_in(self, seconds: float) -> bool:
        """Wait at most so long for what only those who are signed in see, and tell if it came."""
        shown = await self._first_visible([shell.NAVIGATION], seconds)
        return shown is not None and self._obstacle() is None

    def raise_for_obstacle(self) -> None:
        """Raise the error that belongs to the present address, if it is an obstacle's."""
        if (obstacle := self._obstacle()) is not None:
            raise obstacle

    def _obstacle(self) -> type[SessionBlocked] | None:
        if self.identity.is_other:
            return OtherAccount
        return obstacle_at(self.path)

    async def wait_for(
        self,
        *wanted: Element,
        seconds: float | None = None,
        unless_at: tuple[str, ...] = (),
    ) -> Element | None:
        """Wait until one of the elements is visible; the earlier named wins. `None`: none came.

        Args:
            seconds: how long; default is the step timeout.
            unless_at: paths at which waiting is of no use.

        Raises:
            SessionBlocked: an obstacle came instead.
        """
        end = time.monotonic() + (self.step_seconds if seconds is None else seconds)
        while (left := end - time.monotonic()) > 0:
            if self.is_at(unless_at):
                return None
            # Pages move on without loading anew, so the address is looked at now and then.
            shown = await self._first_visible([*wanted, shell.SIGN_IN], min(left, _LONGEST_BLIND_S))
            self.raise_for_obstacle()
            if shown is shell.SIGN_IN:
                raise SignedOut
            if shown is not None:
                return shown
        # Benign captcha frames are common (2026-08), so one counts only in the page's place.
        if await self.shows(shell.NAVIGATION, shell.CHALLENGE) is shell.CHALLENGE:
            raise Challenged
        return None

    async def wait_until(self, holds: Callable[[], Awaitable[bool]], *, seconds: float) -> bool:
        """Ask again after each change of the page until *holds* says yes; `False`: it never did."""
        end = time.monotonic() + seconds
        while not await holds():
            if (left := end - time.monotonic()) <= 0:
                return False
            # Changes inside shadow roots are not seen from outside, so no wait is a long one.
            await self.whole.run("next_change", {"timeout": min(left, _LONGEST_BLIND_S) * 1000})
        return True

    async def shows(self, *elements: Element) -> Element | None:
        """Return the first of these elements that is visible right now."""
        return await self._first_visible(elements, 0)

    @bounded
    async def _first_visible(self, elements: Sequence[Element], seconds: float) -> Element | None:
        wanted = {
            "elements": [as_data(each, self._lookup) for each in elements],
            "shadowHosts": list(shell.SHADOW_HOSTS),
            "timeout": seconds * 1000,
        }
        try:
            seen = await self._page.evaluate(on_the_page("wait_for_any"), json.dumps(wanted))
        except Error as error:
            # The page moved on by itself; the caller looks again at the next one.
            if has_moved_on(error):
                await self._page.wait_for_load_state("domcontentloaded")
                return None
            raise
        if seen is None:
            return None
        name, rank = seen
        shown = next(each for each in elements if each.name == name)
        self._lookup.usage.found(shown, rank, self._lookup.candidates(shown)[rank])
        return shown

    async def submit(
        self,
        call: NetworkCall,
        *,
        check: BodyCheck,
        marks: BodyMarks = no_marks,
        before_click: Callable[[], Awaitable[None]],
        before_request: Commit,
        click: Callable[[], Awaitable[None]],
    ) -> Answer | None:
        """Do the click that cannot be undone, and return LinkedIn's answer to the page.

        Args:
            check: looks at the body of the page's request before it may leave the browser.
            marks: picks from that body what the request can be recognised by later.
            before_click: commits the intent; when it raises, nothing is clicked.
            before_request: commits that the request leaves; when it raises, it is stopped.

        Returns:
            The answer, or `None` when none came in time: the effect is then unknown.

        Raises:
            NotSent: the request was stopped because it was about something else, or because the
                store could not be used.
            LeaseLost: it was stopped because the account belongs to another runner.
            OtherAccount: the page is another account's; nothing was clicked.
        """
        if self._guard is None:
            raise NotSent(Refused("This page is only looked at; nothing is sent from it."))
        await self._settle_overheard()
        permission = Permission(call, self.identity.checked(check), marks, before_request)
        try:
            async with PageCall(self._guard, permission) as page_call:
                await before_click()
                await click()
                answer = await page_call.answer(self._settings.evidence_timeout.total_seconds())
                if answer is None and not page_call.left_the_browser:
                    await self._raise_for_refusal_without_request()
                return answer
        except NotSent as stopped:
            raise NotSent(self.identity.cause_of(stopped)) from stopped

    async def change(
        self, call: NetworkCall, *, check: BodyCheck, click: Callable[[], Awaitable[None]]
    ) -> Answer | None:
        """Do a click whose effect can be taken back, and return LinkedIn's answer to the page.

        Until then one request of this kind may leave the browser, and no other.

        Args:
            check: looks at the body of the page's request before it may leave.

        Returns:
            The answer, or `None` when none came in time, or the page asked for nothing that fits.

        Raises:
            Refused: the request was stopped because it was about something else.
        """
        if self._guard is None:
            raise Refused("This page is only looked at; nothing is changed from it.")
        await self._settle_overheard()
        permission = Permission(call, self.identity.checked(check), no_marks, taken_down_nowhere)
        try:
            async with PageCall(self._guard, permission) as page_call:
                await click()
                return await page_call.answer(self._settings.evidence_timeout.total_seconds())
        except NotSent as stopped:
            raise self.identity.cause_of(stopped) from stopped

    async def _settle_overheard(self) -> None:
        for each in self._overheard:
            await each.settle()
        self.identity.require()

    async def _raise_for_refusal_without_request(self) -> None:
        """Raise when the page itself says no, and has not even asked LinkedIn's server."""
        shown = await self.shows(invite.LIMIT_REACHED, shell.ERROR_TOAST)
        if shown is invite.LIMIT_REACHED:
            raise NotSent(InvitationLimitReached())
        if shown is not None:
            raise NotSent(Refused("LinkedIn's page refused with an error message of its own."))

    def _on_crash(self, _: Page) -> None:
        self._crashed = True

    @property
    def evidence_seconds(self) -> float:
        return self._settings.evidence_timeout.total_seconds()

    @property
    def step_seconds(self) -> float:
        return self._settings.step_timeout.total_seconds()

    @bounded
    async def picture(self) -> Picture:
        """Take down what the page looks like, for a person who is to understand it."""
        return await take_picture(self._page)
