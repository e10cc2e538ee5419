"""Whose account is signed in: nothing goes out for a member in another person's name."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from executor.browser.sign_in import check_state
from executor.live_view import LiveViews
from executor.sandbox.faults import Fault
from storage.sessions import SessionHealth
from storage.tasks import ErrorCode, TaskStatus
from tests.executor.office import JANE
from tests.executor.test_live_view import told
from tests.executor.test_runner import ask_jane, ended, working

if TYPE_CHECKING:
    from executor.sandbox.accounts import Account
    from storage.sessions import OpenSession
    from tests.executor.office import Office


async def avery(office: Office) -> Account:
    """Return the admin's account."""
    return (await office.sandbox.client.accounts())[0]


async def stranger(office: Office) -> Account:
    return await office.sandbox.client.add_account(first_name="Bea", last_name="Second")


async def kept(office: Office) -> OpenSession:
    opened = await office.store.sessions.open(office.admin.id)
    assert opened is not None
    return opened


async def learnt(office: Office) -> str:
    """Wait until it is known whose account the admin's is."""
    changes = office.store.changes()
    async with asyncio.timeout(40):
        while (known := (await kept(office)).session.profile_id) is None:
            await changes.wait()
    await changes.close()
    return known


async def know(office: Office, state: dict[str, Any], profile_id: str | None) -> None:
    await office.store.sessions.save(
        office.admin.id,
        state,
        health=SessionHealth.SIGNED_IN,
        verified=True,
        profile_id=profile_id,
    )


async def sign_in_in_a_live_view(office: Office, email: str, why: str) -> None:
    async with LiveViews(office.store, office.settings) as views:
        viewer = await views.watch(office.admin.id, who="Ada")
        assert viewer is not None
        await told(viewer, {"news": "open"})
        assert views.browsers._browser is not None
        [context] = views.browsers._browser.contexts
        page = context.pages[0]
        await page.locator('input[name="session_key"]').fill(email)
        await page.locator('input[name="session_password"]').fill("sandbox")
        await page.keyboard.press("Enter")
        await told(viewer, {"news": "over", "why": why})


async def test_a_live_view_learns_whose_account_it_is(office: Office) -> None:
    """It is kept with the session, and the same person may sign in again."""
    account = await avery(office)
    for _ in range(2):
        await office.sandbox.client.sign_out(account.id)
        await sign_in_in_a_live_view(office, account.email, "signed_in")

        assert (await kept(office)).session.profile_id == account.profile


async def test_a_live_view_keeps_nothing_of_another_account(office: Office) -> None:
    """The session is as it was, and what is queued does not go out in the other's name."""
    account, other = await avery(office), await stranger(office)
    await know(office, await office.sandbox.client.storage_state(), account.profile)
    await office.sandbox.client.sign_out(account.id)
    before = await kept(office)
    task_id = await ask_jane(office, "Hello")

    await sign_in_in_a_live_view(office, other.email, "other_account")

    assert await kept(office) == before
    await office.runner().run_once()
    assert (await office.task(task_id)).status is TaskStatus.QUEUED
    assert await office.delivered() == []


async def test_a_sign_in_is_kept_though_nobody_tells_whose_it_is(office: Office) -> None:
    """A page of LinkedIn's that has changed locks nobody out, and what is known stays known."""
    account = await avery(office)
    await know(office, await office.sandbox.client.storage_state(), account.profile)
    await office.sandbox.client.sign_out(account.id)
    await office.sandbox.client.arm(
        Fault(on="voyager_read", do="status", match="/voyager/api/me", times=None)
    )

    await sign_in_in_a_live_view(office, account.email, "signed_in")

    session = (await kept(office)).session
    assert (session.health, session.profile_id) == (SessionHealth.SIGNED_IN, account.profile)


async def test_a_session_that_is_brought_along_tells_whose_it_is(office: Office) -> None:
    """By what LinkedIn answers its own page."""
    other = await stranger(office)
    state = await office.sandbox.client.storage_state(other.id)

    assert (await check_state(office.settings, state)).profile_id == other.profile


async def test_a_task_learns_whose_account_it_is_by_the_way(office: Office) -> None:
    """No page is opened for that."""
    await office.message("Hello")
    visited = await office.pages_visited()

    assert (await kept(office)).session.profile_id == (await avery(office)).profile
    assert [path for path in visited if path.startswith("/messaging/compose/?")]
    assert "/messaging/compose/" not in visited


@pytest.mark.parametrize("is_told", [True, False])
async def test_a_look_at_the_sign_in_learns_whose_account_it_is(
    office: Office, *, is_told: bool
) -> None:
    """The inbox is asked where the feed does not tell, and only as long as it is unknown."""
    account = await avery(office)
    if not is_told:
        await know(office, await office.sandbox.client.storage_state(), account.profile)
    office.clock.pass_(timedelta(hours=13))
    before = (await kept(office)).session
    changes = office.store.changes()

    async with working(office.runner()), asyncio.timeout(40):
        while (await kept(office)).session.version == before.version:
            await changes.wait()
    await changes.close()

    session = (await kept(office)).session
    assert session.verified_at == office.clock.now
    assert session.profile_id == account.profile
    assert ("/messaging/compose/" in await office.pages_visited()) is is_told


async def test_a_look_that_does_not_learn_it_is_a_look_all_the_same(office: Office) -> None:
    """The account is signed in, whoever it is."""
    await office.sandbox.client.arm(
        Fault(on="voyager_read", do="status", match="/voyager/api/me", times=None)
    )
    office.clock.pass_(timedelta(hours=13))
    changes = office.store.changes()

    async with working(office.runner()), asyncio.timeout(40):
        while (await kept(office)).session.verified_at != office.clock.now:
            await changes.wait()
    await changes.close()

    assert (await kept(office)).session.profile_id is None


async def test_an_account_stops_when_the_page_is_another_ones(office: Office) -> None:
    """Somebody switches accounts in a browser that is open: nothing is sent, no cookie is kept."""
    account, other = await avery(office), await stranger(office)
    cookies: Any = (await office.sandbox.client.storage_state(other.id))["cookies"]
    async with working(office.runner()):
        await ended(office, await ask_jane(office, "one"))
        assert await learnt(office) == account.profile
        before = await kept(office)
        assert office.browsers._browser is not None
        for context in office.browsers._browser.contexts:
            await context.clear_cookies()
            await context.add_cookies(cookies)
        task_id = await ask_jane(office, "two")
        changes = office.store.changes()
        async with asyncio.timeout(40):
            while await office.health() is SessionHealth.SIGNED_IN:
                await changes.wait()
        await changes.close()

    assert (await office.task(task_id)).status is TaskStatus.QUEUED
    assert [(each.account, each.text) for each in await office.delivered()] == [(account.id, "one")]
    after = await kept(office)
    assert (after.session.profile_id, after.session.health, after.state) == (
        account.profile,
        SessionHealth.SIGNED_OUT,
        before.state,
    )


async def test_a_message_in_another_name_stays_in_the_browser(office: Office) -> None:
    """The request names its sender's mailbox, even where the page has told nothing before."""
    account, other = await avery(office), await stranger(office)
    await know(office, await office.sandbox.client.storage_state(other.id), account.profile)
    await office.sandbox.client.arm(
        Fault(on="voyager_read", do="status", match="/voyager/api/me", times=None)
    )

    task = await office.message("Hello")
    waiting = await office.ask("send_message", recipient={"profile_id": JANE}, message="Again")
    await office.runner().run_once()

    assert task.error is not None
    assert (task.status, task.error.code) == (TaskStatus.FAILED, ErrorCode.SIGNED_OUT)
    assert task.error.retry_safe
    assert await office.health() is SessionHealth.SIGNED_OUT
    assert (await office.task(waiting)).status is TaskStatus.QUEUED
    assert await office.delivered() == []
