"""Calls that outlast their client's patience, and calls that come more than once."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

import httpx
import pytest

from storage.limits import HoldReason
from storage.sessions import SessionHealth
from storage.tasks import ErrorCode
from storage.teams import Scope
from tests.api.conftest import ConnectSafelyClient, served, until, waited_for

if TYPE_CHECKING:
    from tests.api.conftest import ConnectSafely, World

JANES_ID = "ACoAAA24A-MBVEvT49xpVF2gnWrhvmUIPDJshSM"


@pytest.fixture
async def client(call_connectsafely: ConnectSafely) -> ConnectSafelyClient:
    """Talk to an app that waits for nothing."""
    return call_connectsafely(answer_within=timedelta(0))


async def test_what_takes_too_long_is_answered_with_where_to_look(
    client: ConnectSafelyClient, world: World
) -> None:
    """No success is claimed, and the repetition that a client may try joins the task."""
    answer = await client.message()
    again = await client.message()

    (task,) = await world.tasks()
    assert answer.status_code == again.status_code == 202
    assert (
        answer.json()
        == again.json()
        == {
            "success": False,
            "message": "Accepted, not done yet. Look at statusUrl; there is no need to ask again.",
            "taskId": task.id,
            "taskStatus": "queued",
            "statusUrl": f"/tasks/{task.id}",
            "retrySafe": True,
            "earliestStart": None,
        }
    )
    assert answer.headers["Location"] == f"/tasks/{task.id}"
    assert again.headers["Duplicate-Of"] == task.id
    status = await client.http.get(answer.json()["statusUrl"])
    assert status.json()["status"] == "queued"


async def test_where_repeating_is_not_safe_the_answer_says_so(
    call_connectsafely: ConnectSafely,
) -> None:
    """The content guard can be turned off; a key makes it safe again."""
    client = call_connectsafely(answer_within=timedelta(0), content_guard=False)

    plain = await client.message()
    keyed = await client.message("Another", Idempotency_Key="k")

    assert (plain.json()["retrySafe"], keyed.json()["retrySafe"]) == (False, True)


async def test_a_client_may_ask_for_an_answer_at_once(connectsafely: ConnectSafelyClient) -> None:
    """With `Prefer: respond-async`, as RFC 7240 has it."""
    answer = await connectsafely.message(Prefer='handling=lenient, Respond-Async; foo="bar"')

    assert answer.status_code == 202
    assert answer.headers["Preference-Applied"] == "respond-async"


async def test_a_client_may_say_how_long_it_waits(connectsafely: ConnectSafelyClient) -> None:
    """`wait=0` is an answer at once as well; what is not understood is passed over."""
    answer = await connectsafely.message(Prefer="wait=0")
    longest = await connectsafely.message("Bye", Prefer="wait=999, respond-async")

    assert (answer.status_code, answer.headers["Preference-Applied"]) == (202, "wait=0")
    assert longest.headers["Preference-Applied"] == "respond-async"


async def test_nobody_waits_for_what_cannot_start_in_time(
    connectsafely: ConnectSafelyClient, world: World
) -> None:
    """Behind the pace of the account, the answer comes at once and says when."""
    await world.hold(HoldReason.GAP, None, seconds=70)

    answer = await connectsafely.message()

    assert answer.status_code == 202
    assert answer.json()["message"].startswith("Accepted, not done yet, because the account keeps")
    assert answer.json()["earliestStart"] == "2026-10-01T12:01:10.000Z"
    assert answer.headers["X-Earliest-Start"] == "2026-10-01T12:01:10.000Z"


async def test_a_short_pause_is_waited_for(
    connectsafely: ConnectSafelyClient, world: World
) -> None:
    """Within the time for an answer there may still be one."""
    await world.hold(HoldReason.GAP, None, seconds=5)

    async with connectsafely.calling(connectsafely.message()) as calling:
        assert not calling.done()
        world.clock.advance(timedelta(seconds=6))
        await world.succeed(recipient_profile_id=JANES_ID)

    assert (await calling).status_code == 200


async def test_nobody_waits_for_a_person_to_sign_in(
    connectsafely: ConnectSafelyClient, world: World
) -> None:
    """The task is kept, and the answer says what is missing."""
    await world.store.sessions.mark(world.admin.id, SessionHealth.CHALLENGE)

    answer = await connectsafely.message()

    assert answer.status_code == 202
    assert "is not signed in to LinkedIn" in answer.json()["message"]
    assert answer.headers["X-Waiting-For"] == "sign_in"


async def test_three_at_once_send_one_message_and_get_one_answer(
    connectsafely: ConnectSafelyClient, world: World
) -> None:
    """A client that times out and repeats, in parallel too, finds the first task."""
    async with connectsafely.calling(connectsafely.message()) as first:
        others = asyncio.gather(*(connectsafely.message() for _ in range(2)))
        task_id = await world.succeed(recipient_profile_id=JANES_ID)
        answers = [await first, *await others]

    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert {answer.headers["X-Task-Id"] for answer in answers} == {task_id}
    assert len(await world.tasks()) == 1


@pytest.mark.parametrize("key", [None, "the-clients-own"])
async def test_who_never_got_the_answer_gets_it_on_asking_again(
    client: ConnectSafelyClient, world: World, key: str | None
) -> None:
    """Hours later, too: a success that nobody was told of is not repeated, but told."""
    headers = {} if key is None else {"Idempotency_Key": key}
    await client.message(**headers)
    await world.succeed(recipient_profile_id=JANES_ID)
    world.clock.advance(timedelta(hours=3))

    told = await client.message(**headers)

    assert told.status_code == 200
    assert len(await world.tasks()) == 1


async def test_once_told_the_same_words_are_a_new_wish(
    client: ConnectSafelyClient, world: World
) -> None:
    """After the guard's two minutes, for who knows that the first message was sent."""
    await client.message()
    await world.succeed(recipient_profile_id=JANES_ID)
    told = await client.message()
    world.clock.advance(timedelta(minutes=3))

    again = await client.message()

    assert (told.status_code, again.status_code) == (200, 202)
    assert len(await world.tasks()) == 2


async def test_looking_at_the_task_tells_as_well(client: ConnectSafelyClient, world: World) -> None:
    """Who asked the status URL knows."""
    where = (await client.message()).json()["statusUrl"]
    await world.succeed(recipient_profile_id=JANES_ID)
    assert (await client.http.get(where)).json()["status"] == "succeeded"
    world.clock.advance(timedelta(minutes=3))

    assert (await client.message()).status_code == 202


async def test_a_client_that_hangs_up_has_not_been_told(world: World) -> None:
    """Its message goes on; the repetition finds what became of it."""
    app = world.app()
    async with (
        served(app) as url,
        httpx.AsyncClient(base_url=url, headers={"Authorization": f"Bearer {world.key}"}) as http,
    ):
        client = ConnectSafelyClient(http, world)
        calling = asyncio.ensure_future(client.message())
        await until(lambda: bool(waited_for(app)))
        calling.cancel()
        await until(lambda: not waited_for(app))
        await world.succeed(recipient_profile_id=JANES_ID)
        (task,) = await world.tasks()
        assert task.answer_owed
        world.clock.advance(timedelta(hours=1))

        answer = await client.message()

    assert answer.status_code == 200
    assert len(await world.tasks()) == 1


async def test_a_read_that_took_too_long_is_found_again(
    client: ConnectSafelyClient, world: World
) -> None:
    """Its repetition joins it while it runs, and gets a result that it missed; for a minute."""
    first = await client.get("/relationship/jane-doe")
    joined = await client.get("/relationship/jane-doe")
    other = await client.get("/relationship/john-doe")
    await world.succeed(**JANE_STANDS)
    told = await client.get("/relationship/jane-doe")
    anew = await client.get("/relationship/jane-doe")

    assert [first.status_code, joined.status_code, other.status_code] == [202, 202, 202]
    assert joined.json()["taskId"] == first.json()["taskId"] != other.json()["taskId"]
    assert (told.status_code, told.json()["connected"]) == (200, True)
    assert anew.json()["taskId"] != first.json()["taskId"]


async def test_an_old_result_is_not_told_as_news(client: ConnectSafelyClient, world: World) -> None:
    """How two people stand may have changed since."""
    await client.get("/relationship/jane-doe")
    await world.succeed(**JANE_STANDS)
    world.clock.advance(timedelta(minutes=2))

    assert (await client.get("/relationship/jane-doe")).status_code == 202


async def test_another_failure_may_be_tried_again(
    connectsafely: ConnectSafelyClient, world: World
) -> None:
    """What did not happen stands for nothing."""
    async with connectsafely.calling(connectsafely.message()) as calling:
        await world.fail(ErrorCode.TIMEOUT)
        assert (await calling).status_code == 500
    async with connectsafely.calling(connectsafely.message()) as calling:
        await world.succeed(recipient_profile_id=JANES_ID)
        assert (await calling).status_code == 200


async def test_a_read_only_key_sends_nothing(
    connectsafely: ConnectSafelyClient, world: World
) -> None:
    """And starts no visit to LinkedIn either."""
    key = await world.new_key(scope=Scope.READ)
    connectsafely.http.headers["Authorization"] = f"Bearer {key}"

    answers = [await connectsafely.message(), await connectsafely.get("/relationship/jane-doe")]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert answers[0].json() == {"error": "This API key may only read tasks", "success": False}
    assert await world.tasks() == []


JANE_STANDS = {
    "profile_id": JANES_ID,
    "profile_urn": f"urn:li:fsd_profile:{JANES_ID}",
    "vanity": "jane-doe",
    "full_name": "Jane Doe",
    "relationship": "connected",
}
