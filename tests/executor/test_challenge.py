"""LinkedIn asks who it is in the midst of work: the person is told, answers, and work goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pytest

from executor.live_view import LiveViews
from executor.sandbox.faults import Fault
from storage.secrets import new_webhook_secret
from storage.sessions import SessionHealth
from storage.tasks import TaskStatus
from storage.webhooks import EventType
from tests.executor.test_live_view import told
from tests.executor.test_runner import ask_jane

if TYPE_CHECKING:
    from playwright.async_api import Page

    from executor.sandbox.accounts import Account
    from tests.executor.office import Office

_PERSONS_PART = (EventType.ACCOUNT_NEEDS_SIGN_IN, EventType.ACCOUNT_RECOVERED)


async def answer(office: Office, account: Account, page: Page) -> None:
    """Do what the person does: type the PIN here, or have LinkedIn satisfied and go on."""
    if account.challenge == "pin":
        await page.locator('input[name="pin"]').fill(account.pin)
        await page.keyboard.press("Enter")
        return
    await office.sandbox.client.change_account(account.id, standing="active")
    await page.reload()


async def news(office: Office) -> list[EventType]:
    """Return what a webhook was told of the account, the oldest first."""
    deliveries = await office.store.webhooks.deliveries(team_id=office.team.id, limit=50)
    return [each.event_type for each in reversed(deliveries) if each.event_type in _PERSONS_PART]


@pytest.mark.parametrize("challenge", ["pin", "app", "captcha"])
async def test_work_goes_on_by_itself_when_its_person_has_answered(
    office: Office, challenge: Literal["pin", "app", "captcha"]
) -> None:
    """The task that met the check is neither failed nor sent twice, and a webhook tells both."""
    await office.store.webhooks.add(
        office.team.id,
        url="https://hooks.example/account",
        event_types=None,
        secret=new_webhook_secret(),
    )
    client = office.sandbox.client
    [account, *_] = await client.accounts()
    account = await client.change_account(account.id, challenge=challenge)
    await client.arm(Fault(on="page", do="challenge"))

    task_id = await ask_jane(office, "Hello")
    await office.runner().run_once()

    opened = await office.store.sessions.open(office.admin.id)
    assert opened is not None
    assert opened.session.health is SessionHealth.CHALLENGE
    assert (await office.task(task_id)).status is TaskStatus.QUEUED
    assert await news(office) == [EventType.ACCOUNT_NEEDS_SIGN_IN]

    async with LiveViews(office.store, office.settings) as views:
        viewer = await views.watch(office.admin.id, who="Ada")
        assert viewer is not None
        await told(viewer, {"news": "open"})
        assert views.browsers._browser is not None
        [context] = views.browsers._browser.contexts
        await answer(office, account, context.pages[0])
        await told(viewer, {"news": "over", "why": "signed_in"})
    await office.runner().run_once()

    assert (await office.task(task_id)).status is TaskStatus.SUCCEEDED
    assert [entry.text for entry in await office.delivered()] == ["Hello"]
    assert await news(office) == [EventType.ACCOUNT_NEEDS_SIGN_IN, EventType.ACCOUNT_RECOVERED]
