"""Whatever hangs or dies, the task ends in writing, and the browser is fresh."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from playwright.async_api import Error
from structlog.contextvars import merge_contextvars
from structlog.testing import capture_logs

from executor.browser import failures
from executor.sandbox.faults import Fault
from storage.tasks import ErrorCode, TaskStatus
from tests.executor.office import JANE

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from contextlib import AbstractContextManager

    from playwright.async_api import Page

    from tests.executor.office import Office

_TTL = timedelta(seconds=15)
HANGING = "setTimeout(() => { for (;;) {} }, 200);"


def first_page(
    office: Office, prepare: Callable[[Page], Awaitable[None]]
) -> AbstractContextManager[None]:
    """Prepare the page of the first account that is opened; later ones are left alone."""
    opened: list[Page] = []

    async def only_the_first(page: Page) -> None:
        opened.append(page)
        if len(opened) == 1:
            await prepare(page)

    return office.browsers.prepared(only_the_first)


async def ask_jane(office: Office, text: str) -> str:
    return await office.ask("send_message", recipient={"profile_id": JANE}, message=text)


async def until_ended(office: Office, task_id: str, **settings: Any) -> TaskStatus:
    """Run again and again, letting the pauses between tries pass."""
    while not (status := (await office.task(task_id)).status).is_final:
        await office.runner(**settings).run_once()
        office.clock.pass_(timedelta(minutes=5))
    return status


async def test_a_page_that_hangs_is_left_for_a_fresh_one(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A script that never ends stops no account: the step is bounded, and the task tried again."""
    monkeypatch.setattr(failures, "_LONGEST_STEP_S", 2.0)

    async def hang(page: Page) -> None:
        await page.add_init_script(HANGING)

    with first_page(office, hang):
        task_id = await ask_jane(office, "Hello")
        assert await until_ended(office, task_id) is TaskStatus.SUCCEEDED

    assert (await office.task(task_id)).attempts == 2
    assert len(await office.delivered()) == 1


async def test_a_crashed_tab_is_replaced(office: Office) -> None:
    """The renderer may die, as it does when memory runs out; the task goes on in a fresh one."""

    async def crash_at_the_messenger(page: Page) -> None:
        devtools = await page.context.new_cdp_session(page)
        crashing: list[asyncio.Task[None]] = []

        async def crash() -> None:
            with pytest.raises(Error):
                await devtools.send("Page.crash")

        def on_navigation(_: object) -> None:
            if "/messaging/" in page.url and not crashing:
                crashing.append(asyncio.ensure_future(crash()))

        page.on("framenavigated", on_navigation)

    with first_page(office, crash_at_the_messenger):
        task_id = await ask_jane(office, "Hello")
        assert await until_ended(office, task_id) is TaskStatus.SUCCEEDED

    assert (await office.task(task_id)).attempts == 2
    assert len(await office.delivered()) == 1


async def test_a_store_that_fails_after_the_click_loses_no_outcome(office: Office) -> None:
    """Another process keeps the database locked while the proof is to be recorded; it is, later."""
    task_id = await ask_jane(office, "Hello")
    await office.sandbox.client.arm(Fault(on="create_message", do="delay", seconds=0.5))

    with (
        capture_logs() as logs,
        closing(sqlite3.connect(office.folder / "store.sqlite3", isolation_level=None)) as other,
    ):
        work = asyncio.ensure_future(office.runner(lease_ttl=timedelta(minutes=5)).run_once())
        async with asyncio.timeout(20):
            while "leaving" not in [event.name for event in await office.timeline(task_id)]:
                await office.sandbox.client.ledger()  # A request, so this is no busy loop.
            other.execute("BEGIN IMMEDIATE")
            while not any(line["event"] == "outcome_not_recorded" for line in logs):
                await office.sandbox.client.ledger()
        other.execute("ROLLBACK")
        await work

    assert (await office.task(task_id)).status is TaskStatus.SUCCEEDED
    assert len(await office.delivered()) == 1


async def test_a_locked_store_stops_the_request_before_it_leaves(office: Office) -> None:
    """What cannot be taken down is not sent, and that is proof that it was not."""
    task_id = await ask_jane(office, "Hello")

    with (
        capture_logs([merge_contextvars]) as logs,
        closing(sqlite3.connect(office.folder / "store.sqlite3", isolation_level=None)) as other,
    ):
        changes = office.store.changes()
        work = asyncio.ensure_future(office.runner(lease_ttl=timedelta(minutes=5)).run_once())
        async with asyncio.timeout(20):
            while (await office.task(task_id)).status is not TaskStatus.SUBMITTING:
                await changes.wait()
            other.execute("BEGIN IMMEDIATE")
            while not any(line["event"] == "guard_stopped_call" for line in logs):
                await office.sandbox.client.ledger()
        other.execute("ROLLBACK")
        await work

    task = await office.task(task_id)
    assert task.error is not None
    assert (task.status, task.error.retry_safe) == (TaskStatus.FAILED, True)
    assert await office.delivered() == []
    # The browser, which asked, may have been started for any other task and account.
    (stopped,) = [line for line in logs if line["event"] == "guard_stopped_call"]
    assert stopped["task_id"] == task_id


async def test_what_ends_its_runner_each_time_comes_to_an_end(office: Office) -> None:
    """As a page does that takes more memory than there is; the queue behind it goes on."""
    task_id = await ask_jane(office, "Hello")
    for _ in range(3):
        lease = await office.store.leases.acquire(office.admin.id, owner="dies:1:0.00", ttl=_TTL)
        assert lease is not None
        await office.store.queue.recover(lease)
        assert await office.store.queue.claim(lease) is not None
        office.clock.pass_(_TTL)
    other_id = await ask_jane(office, "Hello again")

    await office.runner(max_attempts=3).run_once()

    task = await office.task(task_id)
    assert task.error is not None
    assert (task.status, task.error.code) == (TaskStatus.FAILED, ErrorCode.ATTEMPTS_EXHAUSTED)
    assert task.error.retry_safe
    assert (await office.task(other_id)).status is TaskStatus.SUCCEEDED
    assert [each.text for each in await office.delivered()] == ["Hello again"]
