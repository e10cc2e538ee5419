"""What an account has paid LinkedIn for, as far as LinkedIn's pages prove it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from storage.sessions import SessionHealth
from storage.tasks import ErrorCode

if TYPE_CHECKING:
    from tests.api.conftest import ConnectSafelyClient, World

NAVIGATOR: dict[str, Any] = {"has_premium": True, "has_sales_navigator": True, "credits": 150}
NOT_TOLD: dict[str, None] = {
    "hasRecruiter": None,
    "hasAwayMessages": None,
    "hasAdvertiseBadge": None,
    "hasHiringManager": None,
}


def plan(kind: str, *, is_premium: bool | None, has_navigator: bool = False) -> dict[str, Any]:
    return {
        "premiumType": kind,
        "isPremium": is_premium,
        "hasSalesNavigator": has_navigator,
        **NOT_TOLD,
    }


async def premium(client: ConnectSafelyClient, world: World, **read: Any) -> dict[str, Any]:
    """Ask what the default account has, which its pages tell so."""
    call = client.get(f"/account/{world.admin.id}/premium")
    async with client.calling(call) as calling:
        await world.succeed(profile_urn=None, vanity=None, **read)
    answer = await calling
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def linkedin_plan(client: ConnectSafelyClient) -> Any:
    return (await client.get("/account/status")).json()["linkedinPlan"]


@pytest.mark.parametrize(
    ("read", "expected"),
    [
        (NAVIGATOR, plan("SALES_NAVIGATOR", is_premium=True, has_navigator=True)),
        (
            {**NAVIGATOR, "has_premium": None},
            plan("SALES_NAVIGATOR", is_premium=True, has_navigator=True),
        ),
        (
            {"has_premium": False, "has_sales_navigator": False, "credits": 0},
            plan("NON_PREMIUM", is_premium=False),
        ),
        (
            {"has_premium": True, "has_sales_navigator": False, "credits": None},
            plan("UNKNOWN", is_premium=True),
        ),
        (
            {"has_premium": None, "has_sales_navigator": False, "credits": None},
            plan("UNKNOWN", is_premium=None),
        ),
    ],
)
async def test_what_is_proved_is_told_and_the_rest_is_null(
    connectsafely: ConnectSafelyClient,
    world: World,
    read: dict[str, Any],
    expected: dict[str, Any],
) -> None:
    """With whose account it is; the status says the same from then on."""
    told = await premium(connectsafely, world, **read)

    assert told == {
        "success": True,
        "accountId": world.admin.id,
        "accountName": "Ada",
        **expected,
    }
    assert await linkedin_plan(connectsafely) == expected


async def test_the_default_account_has_a_name_as_well(
    connectsafely: ConnectSafelyClient, world: World
) -> None:
    """What clients call it changes nothing about its person's name."""
    await world.store.teams.add_alias(world.admin.id, "acc_12345")

    async with connectsafely.calling(connectsafely.get("/account/acc_12345/premium")) as calling:
        await world.succeed(profile_urn=None, vanity=None, **NAVIGATOR)

    told = (await calling).json()
    assert (told["accountId"], told["accountName"]) == ("acc_12345", "Ada")


async def test_the_status_visits_nothing_and_forgets_after_twelve_hours(
    connectsafely: ConnectSafelyClient, world: World
) -> None:
    """Before somebody has looked, and long after, nothing is known."""
    assert await linkedin_plan(connectsafely) is None
    await premium(connectsafely, world, **NAVIGATOR)

    world.clock.advance(timedelta(hours=11, minutes=59))
    assert (await linkedin_plan(connectsafely))["premiumType"] == "SALES_NAVIGATOR"
    world.clock.advance(timedelta(minutes=1))
    assert await linkedin_plan(connectsafely) is None
    assert len(await world.tasks()) == 1


async def test_the_credits_tell_the_status_too(
    connectsafely: ConnectSafelyClient, world: World
) -> None:
    """It is one look, whoever asked for it."""
    async with connectsafely.calling(connectsafely.get("/inmail/credits")) as calling:
        await world.succeed(profile_urn=None, vanity=None, **NAVIGATOR)
    await calling

    assert (await linkedin_plan(connectsafely))["hasSalesNavigator"] is True


async def test_an_account_that_cannot_be_used_has_no_plan(
    connectsafely: ConnectSafelyClient, world: World
) -> None:
    """The documentation tells it of usable accounts only."""
    await premium(connectsafely, world, **NAVIGATOR)
    await world.store.sessions.mark(world.admin.id, SessionHealth.CHALLENGE)

    assert await linkedin_plan(connectsafely) is None


async def test_what_keeps_the_pages_from_telling_is_an_error(
    connectsafely: ConnectSafelyClient, world: World
) -> None:
    """An unknown account is 404, and a page that is not understood is no plan."""
    missing = await connectsafely.get("/account/nobody/premium")
    call = connectsafely.get(f"/account/{world.admin.id}/premium")
    async with connectsafely.calling(call) as calling:
        await world.fail(ErrorCode.UI_CHANGED)
    answer = await calling

    assert (missing.status_code, missing.json()["error"]) == (404, "Account not found")
    assert (answer.status_code, answer.headers["X-Error-Code"]) == (500, "ui_changed")
