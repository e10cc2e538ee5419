"""Whose inbox ConnectSafely's lists of conversations are of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from storage.sessions import SessionHealth
from storage.teams import Role
from tests.api.test_connectsafely_inbox import JOHN, JOHNS_ID

if TYPE_CHECKING:
    from tests.api.conftest import ConnectSafelyClient, World


async def test_an_empty_inbox_names_its_owner_where_the_sign_in_has_told(
    connectsafely: ConnectSafelyClient, world: World
) -> None:
    """No conversation tells it."""
    await world.store.sessions.save(
        world.admin.id,
        {"cookies": []},
        health=SessionHealth.SIGNED_IN,
        verified=True,
        profile_id=JOHNS_ID,
    )
    for named in ({}, {"accountId": world.admin.id}):
        call = connectsafely.get("/messaging/recent-messages", **named)
        async with connectsafely.calling(call) as calling:
            await world.succeed(conversations=[], next=None)
            answer = (await calling).json()

        assert (answer["profileUrn"], answer["total"]) == (JOHN["profile_urn"], 0)


@pytest.mark.parametrize("ids", ["acc_67890", " acc_67890,acc_67890,"])
async def test_a_batch_of_one_account_lists_its_conversations(
    connectsafely: ConnectSafelyClient, world: World, ids: str
) -> None:
    """Under the newer name, as by `accountId`."""
    colleague = await world.store.teams.add_member(world.team.id, name="Bob", role=Role.MEMBER)
    await world.store.teams.add_alias(colleague.id, "acc_67890")

    answer = await connectsafely.http.get(
        "/linkedin/conversations",
        params={"linkedinAccountIds": ids},
        headers={"Prefer": "respond-async"},
    )

    (task,) = await world.tasks()
    assert (answer.status_code, task.member_id) == (202, colleague.id)


@pytest.mark.parametrize(
    ("query", "status", "error"),
    [
        ({"linkedinAccountIds": "acc_12345"}, 404, "Account not found"),
        (
            {"linkedinAccountIds": "acc_12345,acc_67890"},
            400,
            "linkedinAccountIds must name one account; ask for each by itself",
        ),
        (
            {"linkedinAccountIds": "acc_12345", "accountId": "acc_67890"},
            400,
            "linkedinAccountIds must name one account; ask for each by itself",
        ),
        ({"labelId": "x"}, 400, "labelId is not supported"),
    ],
)
async def test_another_list_than_was_asked_for_is_not_given(
    connectsafely: ConnectSafelyClient,
    world: World,
    query: dict[str, str],
    status: int,
    error: str,
) -> None:
    """Neither another account's, nor one without its label."""
    answer = await connectsafely.get("/conversations", **query)

    assert (answer.status_code, answer.json()) == (status, {"error": error})
    assert await world.tasks() == []
