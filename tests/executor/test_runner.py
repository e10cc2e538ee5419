"""Runners: who acts when, and what happens when somebody stops or dies."""

from __future__ import annotations

import asyncio
import sys
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

import psutil
import pytest
from playwright.async_api import Error

from executor.browser.launch import BrowserHost
from executor.owners import is_dead, owner_name, this_process
from executor.runner import Runner
from executor.sandbox.faults import Fault
from storage.sessions import SessionHealth
from storage.tasks import ErrorCode, TaskStatus
from storage.teams import Role
from tests.executor.office import JANE

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from typing import Any

    from playwright.async_api import Page

    from executor.settings import ExecutorSettings
    from storage.tasks import Task
    from tests.executor.office import Office

TTL = timedelta(seconds=15)


@asynccontextmanager
async def working(runner: Runner) -> AsyncIterator[None]:
    """Let a runner run while the block is."""
    stop = asyncio.Event()
    work = asyncio.ensure_future(runner.run(stop))
    try:
        yield
    finally:
        stop.set()
        await work


async def reached(office: Office, task_id: str, *statuses: TaskStatus) -> Task:
    """Wait until the task is in one of these states."""
    changes = office.store.changes()
    async with asyncio.timeout(20):
        while True:
            task = await office.task(task_id)
            if task.status in statuses:
                return task
            await changes.wait()


async def ended(office: Office, task_id: str) -> Task:
    return await reached(office, task_id, *(each for each in TaskStatus if each.is_final))


async def ask_jane(office: Office, text: str) -> str:
    return await office.ask("send_message", recipient={"profile_id": JANE}, message=text)


async def test_a_running_runner_takes_a_new_task_by_itself(office: Office) -> None:
    """Whoever accepts a task need not call the runner; and it goes on to the next one."""
    async with working(office.runner()):
        first = await ended(office, await ask_jane(office, "one"))
        second = await ended(office, await ask_jane(office, "two"))

    assert (first.status, second.status) == (TaskStatus.SUCCEEDED, TaskStatus.SUCCEEDED)
    assert [entry.text for entry in await office.delivered()] == ["one", "two"]


async def test_two_runners_never_act_on_one_account_at_a_time(office: Office) -> None:
    """Of many messages each is delivered once, in order, by the runner with the lease."""
    texts = [f"message {number}" for number in range(8)]
    async with working(office.runner()), working(office.runner()):
        tasks = [await ask_jane(office, text) for text in texts]
        for task_id in tasks:
            assert (await ended(office, task_id)).status is TaskStatus.SUCCEEDED

    assert [entry.text for entry in await office.delivered()] == texts


async def test_accounts_are_worked_on_side_by_side(office: Office) -> None:
    """A second account does not wait until the first has nothing left to do."""
    client = office.sandbox.client
    other = await client.add_account(first_name="Bea", last_name="Second")
    member = await office.store.teams.add_member(office.team.id, name="Bea", role=Role.ADMIN)
    await office.store.sessions.save(
        member.id,
        await client.storage_state(other.id),
        health=SessionHealth.SIGNED_IN,
        verified=True,
    )
    # The first account's page never comes; its task waits until the end of the test.
    await client.arm(Fault(on="page", do="hang", match="/in/", account=1, times=None))
    stuck = await ask_jane(office, "stuck")
    bea = await office.as_member(member).ask(
        "send_message", recipient={"profile_id": JANE}, message="from Bea"
    )

    async with working(office.runner()):
        await reached(office, stuck, TaskStatus.RUNNING)
        assert (await ended(office, bea)).status is TaskStatus.SUCCEEDED
        assert (await office.task(stuck)).status is TaskStatus.RUNNING

    assert [entry.text for entry in await office.delivered()] == ["from Bea"]


async def test_stopping_hands_a_task_back_that_has_not_clicked(office: Office) -> None:
    """The attempt is not counted, and the next runner does the task."""
    await office.sandbox.client.arm(Fault(on="page", do="hang", match="/in/"))
    task_id = await ask_jane(office, "Hello")
    async with working(office.runner()):
        while not await office.sandbox.client.visits("/in/"):
            pass  # Each look is a request of its own, so this is no busy loop.

    task = await office.task(task_id)
    assert (task.status, task.attempts) == (TaskStatus.QUEUED, 0)
    assert await office.store.leases.held() == []

    await office.runner().run_once()
    assert (await office.task(task_id)).status is TaskStatus.SUCCEEDED
    assert len(await office.delivered()) == 1


async def test_stopping_waits_for_a_task_that_has_clicked(office: Office) -> None:
    """Past the point of no return the answer is awaited and recorded."""
    await office.sandbox.client.arm(Fault(on="create_message", do="delay", seconds=0.8))
    task_id = await ask_jane(office, "Hello")
    async with working(office.runner()):
        await reached(office, task_id, TaskStatus.SUBMITTING)

    assert (await office.task(task_id)).status is TaskStatus.SUCCEEDED
    assert len(await office.delivered()) == 1


async def test_what_a_dead_runner_had_submitted_is_never_clicked_again(office: Office) -> None:
    """The new owner of the account settles it as unconfirmed, and goes on with the queue."""
    task_id = await ask_jane(office, "Hello")
    lease = await office.store.leases.acquire(office.admin.id, owner="elsewhere:1:0", ttl=TTL)
    assert lease is not None
    await office.store.queue.claim(lease)
    await office.store.queue.submitting(lease, task_id, baseline={"urns": []})
    later = await ask_jane(office, "Next")
    office.clock.pass_(TTL)

    await office.runner().run_once()

    task = await office.task(task_id)
    assert task.error is not None
    assert (task.status, task.error.retry_safe) == (TaskStatus.UNCONFIRMED, False)
    assert (await office.task(later)).status is TaskStatus.SUCCEEDED
    assert [entry.text for entry in await office.delivered()] == ["Next"]


async def test_what_a_dead_runner_had_only_begun_is_done_anew(office: Office) -> None:
    """Nothing irreversible had happened, so the task goes back and is delivered once."""
    task_id = await ask_jane(office, "Hello")
    lease = await office.store.leases.acquire(office.admin.id, owner="elsewhere:1:0", ttl=TTL)
    assert lease is not None
    await office.store.queue.claim(lease)
    office.clock.pass_(TTL)

    await office.runner().run_once()

    assert (await office.task(task_id)).status is TaskStatus.SUCCEEDED
    assert len(await office.delivered()) == 1


async def test_the_lease_of_a_dead_process_on_this_host_is_not_waited_for(office: Office) -> None:
    """A restart after a crash goes on at once."""
    ended_process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", "input()", stdin=asyncio.subprocess.PIPE
    )
    owner = owner_name(psutil.Process(ended_process.pid))
    assert not is_dead(owner)
    await ended_process.communicate(b"")
    assert is_dead(owner)
    assert await office.store.leases.acquire(office.admin.id, owner=owner, ttl=TTL) is not None

    async with working(office.runner()):
        task = await ended(office, await ask_jane(office, "Hello"))

    assert task.status is TaskStatus.SUCCEEDED


def test_owners_on_other_hosts_are_never_taken_for_dead() -> None:
    """Nobody can see from here whether they live; their leases have to run out."""
    assert not is_dead("some-other-host:1:0.00")
    assert not is_dead(this_process())


async def test_a_crashed_browser_is_replaced(office: Office, settings: ExecutorSettings) -> None:
    """The next task gets a fresh Chromium; that, and what found which element, is counted."""
    async with BrowserHost(settings) as host:
        runner = Runner(
            office.store, host, settings, artifacts=office.folder / "a", clock=office.clock
        )
        await ask_jane(office, "before")
        await runner.run_once()
        assert host._browser is not None
        devtools = await host._browser.new_browser_cdp_session()
        with pytest.raises(Error):
            await devtools.send("Browser.crash")
        second = await ask_jane(office, "after")
        for _ in range(3):
            await runner.run_once()
            office.clock.pass_(timedelta(minutes=1))

    assert (await office.task(second)).status is TaskStatus.SUCCEEDED
    assert [entry.text for entry in await office.delivered()] == ["before", "after"]
    measures = office.store.measures
    assert await measures.browser_restarts() >= 1
    found = await measures.locators()
    assert any(each.rank == 0 and each.times > 1 for each in found)
    assert [each.element for each in found if each.rank is None] == []


async def test_a_dead_driver_is_replaced_and_uses_up_no_attempts(
    office: Office, settings: ExecutorSettings
) -> None:
    """Playwright's own process may die as well; the queue waits a moment and goes on."""
    async with BrowserHost(settings) as host:
        runner = Runner(
            office.store, host, settings, artifacts=office.folder / "a", clock=office.clock
        )
        await ask_jane(office, "before")
        mine = set(psutil.Process().children())
        await runner.run_once()
        (driver,) = [
            child
            for child in set(psutil.Process().children()) - mine
            if "run-driver" in child.cmdline()
        ]
        driver.kill()
        queued = [await ask_jane(office, text) for text in ("one", "two", "three", "four")]
        for _ in range(4):
            await runner.run_once()
            office.clock.pass_(timedelta(minutes=1))

    tasks = [await office.task(task_id) for task_id in queued]
    assert [task.status for task in tasks] == [TaskStatus.SUCCEEDED] * 4
    assert len(await office.delivered()) == 5


async def test_a_sign_in_during_a_task_is_not_undone_by_it(office: Office) -> None:
    """The task meets the end of the older session; the newer one stays as it is."""
    await office.sandbox.client.arm(Fault(on="page", do="delay", seconds=0.8, match="/in/"))
    task_id = await ask_jane(office, "Hello")
    work = asyncio.ensure_future(office.runner().run_once())
    while not await office.sandbox.client.visits("/in/"):
        pass  # Each look is a request of its own, so this is no busy loop.
    await office.sandbox.client.sign_out()
    office.clock.pass_(timedelta(seconds=1))
    await office.sign_in()
    await work

    assert await office.health() is SessionHealth.SIGNED_IN
    await office.runner().run_once()
    assert (await office.task(task_id)).status is TaskStatus.SUCCEEDED
    assert len(await office.delivered()) == 1


async def test_a_missing_browser_makes_tasks_wait_not_fail(office: Office) -> None:
    """Installing one later is enough; no attempt is used up."""
    nowhere = office.settings.model_copy(update={"browser_path": office.folder / "none"})
    task_id = await ask_jane(office, "Hello")
    async with BrowserHost(nowhere) as host:
        runner = Runner(
            office.store, host, nowhere, artifacts=office.folder / "a", clock=office.clock
        )
        for _ in range(5):
            await runner.run_once()
            office.clock.pass_(timedelta(minutes=1))
    assert (await office.task(task_id)).status is TaskStatus.QUEUED

    await office.runner().run_once()
    assert (await office.task(task_id)).status is TaskStatus.SUCCEEDED


async def test_a_hung_page_ends_within_the_tasks_time_limit(office: Office) -> None:
    """The watchdog stops the try, and after the last one the task fails visibly."""
    await office.sandbox.client.arm(Fault(on="page", do="hang", match="/in/", times=None))
    task_id = await ask_jane(office, "Hello")

    await office.runner(task_timeout=timedelta(seconds=1), max_attempts=1).run_once()

    task = await office.task(task_id)
    assert task.error is not None
    assert task.error.code is ErrorCode.ATTEMPTS_EXHAUSTED
    assert "time limit" in task.error.message


async def test_a_hang_after_the_click_is_unconfirmed(office: Office) -> None:
    """Nobody knows whether it went out, so it is not called failed and not repeated."""
    await office.sandbox.client.arm(Fault(on="create_message", do="hang"))
    await office.sandbox.client.arm(Fault(on="page", do="hang", match="/messaging/", after=1))
    task_id = await ask_jane(office, "Hello")

    # On a busy machine it takes some seconds to come as far as the click; the hanging page of the
    # read-back is looked for longer than this.
    await office.runner(task_timeout=timedelta(seconds=18)).run_once()

    assert (await office.task(task_id)).status is TaskStatus.UNCONFIRMED


async def untouched(_: Page) -> None:
    """Leave a tab as it is; nobody else has had it, or gets it."""


async def test_signing_in_again_replaces_the_open_browser_context(office: Office) -> None:
    """A session imported by another process is used for the next task, and is not overwritten."""
    # A tab that is handed on may yet be told, late, that its former session has ended.
    with office.browsers.prepared(untouched):
        async with working(office.runner()):
            await ended(office, await ask_jane(office, "one"))
            await office.sandbox.client.sign_out()
            office.clock.pass_(timedelta(seconds=1))
            await office.sign_in()
            second = await ended(office, await ask_jane(office, "two"))

    assert second.status is TaskStatus.SUCCEEDED
    assert await office.health() is SessionHealth.SIGNED_IN


async def test_an_idle_account_is_looked_at_so_that_it_stays_active(office: Office) -> None:
    """Without it, an account with nothing to do would stop counting after 48 hours."""
    office.clock.pass_(timedelta(hours=13))
    changes = office.store.changes()
    async with asyncio.timeout(20), working(office.runner()):
        while True:
            session = await office.store.sessions.get(office.admin.id)
            assert session is not None
            if session.verified_at == office.clock.now:
                break
            await changes.wait()


async def test_the_look_at_an_idle_account_notices_a_sign_out(office: Office) -> None:
    """Then its person is needed, and the store says so."""
    await office.sandbox.client.sign_out()
    office.clock.pass_(timedelta(hours=13))
    changes = office.store.changes()
    async with asyncio.timeout(20), working(office.runner()):
        while await office.health() is not SessionHealth.SIGNED_OUT:
            await changes.wait()


async def test_cookies_that_linkedin_changes_are_kept(office: Office) -> None:
    """The next browser context starts from the newest state, not from the first one."""
    before = await office.store.sessions.open(office.admin.id)
    await office.message("Hello")
    after = await office.store.sessions.open(office.admin.id)

    assert before is not None
    assert after is not None
    assert _cookie(before.state, "li_at") == _cookie(after.state, "li_at")


async def test_a_lost_lease_stops_the_worker_before_it_clicks(office: Office) -> None:
    """Whoever slept too long finds the account taken, and neither clicks nor records."""
    await office.sandbox.client.arm(Fault(on="page", do="delay", seconds=1.0, match="/in/"))
    task_id = await ask_jane(office, "Hello")
    work = asyncio.ensure_future(office.runner().run_once())
    await reached(office, task_id, TaskStatus.RUNNING)
    office.clock.pass_(timedelta(minutes=1))
    taken = await office.store.leases.acquire(office.admin.id, owner="other:1:0", ttl=TTL)
    assert taken is not None
    await office.store.queue.recover(taken)

    await asyncio.wait({work})

    assert await office.delivered() == []
    assert (await office.task(task_id)).status is TaskStatus.QUEUED


def _cookie(state: Any, name: str) -> str:
    (value,) = [cookie["value"] for cookie in state["cookies"] if cookie["name"] == name]
    assert isinstance(value, str)
    return value


async def test_invalid_stored_input_fails_the_task_not_the_runner(office: Office) -> None:
    """A row that no release of ours could have written ends as an internal error."""
    task_id = await office.ask("send_message", recipient={"profile_id": JANE}, nonsense=1)
    later = await ask_jane(office, "Hello")

    await office.runner().run_once()

    task = await office.task(task_id)
    assert task.error is not None
    assert task.error.code is ErrorCode.INTERNAL
    assert (await office.task(later)).status is TaskStatus.SUCCEEDED
