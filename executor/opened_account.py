"""An account's stored session and the browser that has it open."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

import structlog

from executor.attachment import new_upload_id
from executor.errors import ExecutorError, OtherAccount, Refused, SessionUnreadable, SignedOut
from executor.mailbox import thread_id_of
from executor.pages.linkedin import LinkedIn
from storage.errors import NoRoom, SecretUnreadable, StoreError
from storage.sessions import SessionHealth
from storage.uploads import NewUpload, UploadBounds

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from executor.attachment import AttachedFile
    from executor.browser.account_browser import AccountBrowser
    from executor.browser.download import Downloaded
    from executor.browser.launch import BrowserHost
    from executor.components.member import Member
    from executor.errors import SessionBlocked
    from storage.ports import Store
    from storage.sessions import OpenSession, Session
    from storage.tasks import JsonObject
    from storage.uploads import Upload

log = structlog.get_logger(__name__)

CHORE_S = 10.0
"""Longest time for what the browser does between tasks: a hung page must not stop the worker."""
_MOST_TASKS = 50
"""How many tasks one context serves. Playwright keeps the requests of a context, and Chromium's
renderers grow with each page, together by some 0.9 MB a message (1.65 and 156, 2026-11-30); all of
that goes when it is closed."""
_TASKS_BETWEEN_RESTS = 10
"""After how many tasks in a row Chromium is asked for what it no longer needs: left alone, a
renderer grows from 60 to 115 MB within fifteen (156, 2026-11-30)."""
_MARK_VERIFIED_EVERY = timedelta(minutes=5)
_KEPT_FOR = timedelta(hours=1)
"""How long a fetched file lies here, if nobody comes for it."""
_ROOM = UploadBounds(files=500, total_bytes=2_000_000_000)
_PIECE = 1024 * 1024


class OpenedAccount:
    """Opens the browser when it is first needed, and keeps it warm until it is dropped."""

    def __init__(
        self,
        store: Store,
        browsers: BrowserHost,
        *,
        member_id: str,
        clock: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._browsers = browsers
        self._member_id = member_id
        self._clock = clock
        self._browser: AccountBrowser | None = None
        self._session: Session | None = None
        self._tasks_begun = 0
        self._marked_at: datetime | None = None

    @property
    def is_known(self) -> bool:
        """Whether it is known whose LinkedIn account this is."""
        return self._session is not None and self._session.profile_id is not None

    @property
    def browser(self) -> AccountBrowser | None:
        """The browser that has it open, if one has."""
        return self._browser

    async def linkedin(self) -> LinkedIn:
        """Return LinkedIn, signed in as the stored session has it.

        Raises:
            SignedOut: there is no session.
            SessionUnreadable: it was stored with another key.
            BrowserUnavailable: the browser does not start.
        """
        if self._browser is not None and not (
            self._browser.is_usable and await self._is_the_stored_session()
        ):
            # It has died since the last task; or somebody has signed in again, and the open context
            # is the older session.
            await self.drop()
        browser = self._browser or await self._open()
        self._tasks_begun += 1
        await browser.begin_task()
        return LinkedIn(
            browser.tab,
            remember=self._remember,
            recall=self._recall,
            remember_conversations=self._remember_conversations,
            content_of=self._content_of,
            keep=self._keep,
        )

    async def tidy_up(self) -> None:
        """Give back what piles up over many tasks; between two of them, where nobody waits for it.

        The next task finds out what is wrong with a browser that cannot be opened again.
        """
        if self._browser is None:
            return
        if self._tasks_begun >= _MOST_TASKS:
            try:
                await self.drop()
                async with asyncio.timeout(CHORE_S):
                    await self._open()
            except Exception as error:  # noqa: BLE001 - a driver that died raises errors of any class
                log.debug("not_reopened", member_id=self._member_id, error=type(error).__name__)
        elif self._tasks_begun % _TASKS_BETWEEN_RESTS == 0:
            await self.rest()

    async def _open(self) -> AccountBrowser:
        opened = await self._open_session()
        if opened is None:
            raise SignedOut
        self._browser = browser = await self._browsers.open_account(opened.state)
        self._session = opened.session
        browser.tab.identity.expect(opened.session.profile_id)
        self._tasks_begun = 0
        return browser

    async def _open_session(self) -> OpenSession | None:
        try:
            return await self._store.sessions.open(self._member_id)
        except SecretUnreadable as error:
            log.error("session_unreadable", member_id=self._member_id)
            raise SessionUnreadable from error

    async def begin_trace(self) -> None:
        """Record what follows, where the operator wants tasks to be recorded."""
        if self._browser is not None and self._browser.trace is not None:
            await self._browser.trace.begin()

    async def drop_trace(self) -> None:
        """Forget what was recorded and not kept."""
        if self._browser is not None and self._browser.trace is not None:
            with suppress(ExecutorError, TimeoutError):
                async with asyncio.timeout(CHORE_S):
                    await self._browser.trace.drop()

    async def block(self, cause: SessionBlocked) -> None:
        """Stop acting for the account until its person has done something."""
        # If somebody has signed in meanwhile, it was the older session that ended.
        marked = await self._store.sessions.mark(
            self._member_id, cause.health, replaces=self._session
        )
        if marked:
            log.error(
                "session_blocked",
                member_id=self._member_id,
                health=cause.health,
                error=type(cause).__name__,
            )
        await self.drop()

    async def mark_verified(self) -> None:
        """Note, now and then, that LinkedIn has shown the account to be signed in, and whose it is.

        Nothing is noted of another account's pages.
        """
        now = self._clock()
        identity = None if self._browser is None else self._browser.tab.identity
        if identity is not None and identity.is_other:
            return
        told = None if identity is None or self.is_known else identity.told
        is_due = self._marked_at is None or now - self._marked_at >= _MARK_VERIFIED_EVERY
        if is_due or told is not None:
            marked = await self._store.sessions.mark(
                self._member_id,
                SessionHealth.SIGNED_IN,
                verified=True,
                profile_id=told,
                replaces=self._session,
            )
            self._session, self._marked_at = marked or self._session, now
            if identity is not None and marked is not None and told is not None:
                identity.expect(marked.profile_id)

    async def save(self) -> None:
        """Store the browser's state when LinkedIn has changed its cookies.

        Another account's are not kept; the account needs its person then.
        """
        if self._browser is None:
            return
        try:
            if self._browser.tab.identity.is_other:
                await self.block(OtherAccount())
                return
            async with asyncio.timeout(CHORE_S):
                state = await self._browser.changed_state()
            # A session that was brought in meanwhile is newer than the one that is open here.
            if state is not None:
                saved = await self._store.sessions.save(
                    self._member_id,
                    state,
                    health=SessionHealth.SIGNED_IN,
                    verified=False,
                    replaces=self._session,
                )
                self._session = saved or self._session
        except (ExecutorError, StoreError, TimeoutError) as error:
            log.warning("session_not_saved", member_id=self._member_id, error=repr(error))

    async def rest(self) -> None:
        """Stay open and take up less memory, while there is nothing to do."""
        if self._browser is None or not self._browser.is_usable:
            return
        try:
            async with asyncio.timeout(CHORE_S):
                await self._browser.free_memory()
        except Exception as error:  # noqa: BLE001 - a driver that died raises errors of any class
            # Nothing depends on it, and the next task finds out what is wrong.
            log.debug("no_rest", member_id=self._member_id, error=type(error).__name__)

    async def drop(self) -> None:
        """Close the browser's context; the next use opens a fresh one."""
        if self._browser is None:
            return
        browser, self._browser = self._browser, None
        with suppress(ExecutorError):
            try:
                async with asyncio.timeout(CHORE_S):
                    await browser.close()
            except TimeoutError:
                # A browser that does not even close is no use to any account.
                log.error("browser_hangs", member_id=self._member_id)
                await self._browsers.abandon()

    async def _is_the_stored_session(self) -> bool:
        return await self._store.sessions.get(self._member_id) == self._session

    async def _content_of(self, file: AttachedFile) -> bytes | None:
        return await self._store.uploads.content(file.upload_id, member_id=self._member_id)

    async def _keep(self, file: Downloaded) -> Upload:
        """Keep a fetched file for the client who waits for it."""
        member = await self._store.teams.member(self._member_id)
        if member is None:
            raise Refused("The account is nobody's any more.")
        new = NewUpload(
            id=new_upload_id(sha256(file.content).hexdigest()),
            team_id=member.team_id,
            member_id=self._member_id,
            name="download",
            media_type=file.media_type,
            byte_size=len(file.content),
            kept_for=_KEPT_FOR,
        )
        pieces = (
            file.content[start : start + _PIECE] for start in range(0, len(file.content), _PIECE)
        )
        try:
            return await self._store.uploads.add(new, pieces, bounds=_ROOM)
        except NoRoom as error:
            raise Refused("The team has too many files lying here; try again later.") from error

    async def remember_delivery(self, output: JsonObject) -> None:
        """Remember whose the conversation is that a message has gone to, where an output tells."""
        recipient, urn = output.get("recipient_profile_id"), output.get("conversation_urn")
        thread_id = output.get("thread_id") if urn is None else thread_id_of(urn)
        if recipient is not None and thread_id is not None:
            await self._remember_conversations({thread_id: recipient})

    async def _recall(self, profile_id: str) -> str | None:
        known = await self._store.people.by_profile_id(self._member_id, profile_id)
        return None if known is None else known.vanity

    async def _remember(self, member: Member) -> None:
        if member.vanity is not None:
            await self._store.people.remember(
                self._member_id,
                profile_id=member.profile_id,
                vanity=member.vanity,
                name=member.name,
            )

    async def _remember_conversations(self, found: Mapping[str, str]) -> None:
        await self._store.people.remember_conversations(self._member_id, found)
