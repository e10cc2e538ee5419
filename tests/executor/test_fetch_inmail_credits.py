"""What LinkedIn's pages tell of Premium, Sales Navigator and credits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from storage.tasks import TaskStatus

if TYPE_CHECKING:
    from tests.executor.office import Office


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "pt", "tr", "ar", "ja"])
async def test_sales_navigators_credits_are_read_in_every_language(
    office: Office, language: str
) -> None:
    """By the number beside the brand."""
    client = office.sandbox.client
    await client.change_account(1, premium=True, sales_navigator=True)
    await client.change_limits(inmail_credits=1234)
    await client.toggle(language=language)
    (account, *_) = await client.accounts()

    task = await office.read("fetch_inmail_credits")

    assert (task.status, task.error) == (TaskStatus.SUCCEEDED, None)
    assert task.output == {
        "profile_urn": f"urn:li:fsd_profile:{account.profile}",
        "vanity": "avery-lindqvist",
        "has_premium": True,
        "has_sales_navigator": True,
        "credits": 1234,
    }


@pytest.mark.parametrize(("premium", "left"), [(False, 0), (True, None)])
async def test_without_sales_navigator_only_premium_is_known(
    office: Office, *, premium: bool, left: int | None
) -> None:
    """No Premium has no credits; any other Premium shows them in an InMail's box only."""
    await office.sandbox.client.change_account(1, premium=premium)

    task = await office.read("fetch_inmail_credits")

    assert task.output is not None
    assert (task.output["has_premium"], task.output["has_sales_navigator"]) == (premium, False)
    assert task.output["credits"] == left


async def test_looking_at_the_credits_marks_nothing_read(office: Office) -> None:
    """The inbox's list is looked at, and no conversation is opened."""
    before = [each.unread for each in await office.sandbox.client.threads()]

    await office.read("fetch_inmail_credits")

    assert [each.unread for each in await office.sandbox.client.threads()] == before
    assert any(before)
