"""The same text to the same person is sent once, also when a client forgot its key."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from storage.limits import HoldReason
from storage.tasks import ErrorCode, TaskError
from storage.teams import Role

if TYPE_CHECKING:
    from tests.api.conftest import Connect, NativeClient, OutxClient, World

PROFILE_ID, VANITY = "ACoAABCDEFG", "jane-doe"
ERROR = TaskError(code=ErrorCode.INTERNAL, message="It did not work.", retry_safe=True)


def message(person: str = PROFILE_ID, text: str = "Hi") -> dict[str, Any]:
    return {"recipient_urn": person, "message": text}


async def twice(outx: OutxClient, first: Any, second: Any) -> bool:
    """Tell whether the second message is taken for the first one, and says so."""
    one = await outx.send_message(first)
    two = await outx.send_message(second)
    assert (one.status_code, two.status_code) == (200, 200)
    assert "duplicate-of" not in one.headers
    same = bool(one.content == two.content)
    assert two.headers.get("duplicate-of") == (one.json()["api_agent_task_id"] if same else None)
    return same


async def test_the_same_message_is_answered_with_the_first_task(
    outx: OutxClient, world: World
) -> None:
    """One task, and a header that names it."""
    assert await twice(outx, message(), message())
    assert len(await world.tasks()) == 1


@pytest.mark.parametrize(
    "person",
    [
        "urn:li:person:ACoAABCDEFG",
        "urn:li:fsd_profile:ACoAABCDEFG",
        "https://www.linkedin.com/in/ACoAABCDEFG/",
    ],
)
async def test_all_forms_of_an_id_are_one_person(outx: OutxClient, person: str) -> None:
    """However the client writes it."""
    assert await twice(outx, message(), message(person))


@pytest.mark.parametrize("person", ["Jane-Doe", "linkedin.com/in/JANE-DOE", "jane%2Ddoe"])
async def test_all_forms_of_a_vanity_are_one_person(outx: OutxClient, person: str) -> None:
    """Letter case and encoding do not make another person."""
    assert await twice(outx, message(VANITY), message(person))


@pytest.mark.parametrize(
    ("first", "second"), [(PROFILE_ID, VANITY), (VANITY, PROFILE_ID)], ids=["id", "vanity"]
)
async def test_both_names_of_a_known_person_are_one_person(
    outx: OutxClient, world: World, first: str, second: str
) -> None:
    """What a profile page has shown before connects id and vanity."""
    await world.store.people.remember(
        world.admin.id, profile_id=PROFILE_ID, vanity="Jane-Doe", name="Jane"
    )

    assert await twice(outx, message(first), message(second))


@pytest.mark.parametrize(
    ("first", "second"), [(PROFILE_ID, VANITY), (VANITY, PROFILE_ID)], ids=["id", "vanity"]
)
async def test_a_person_who_became_known_in_between_is_one_person(
    outx: OutxClient, world: World, first: str, second: str
) -> None:
    """The first request knew one name only; the page it led to showed both."""
    one = await outx.send_message(message(first))
    await world.store.people.remember(
        world.admin.id, profile_id=PROFILE_ID, vanity=VANITY, name="Jane"
    )

    two = await outx.send_message(message(second))

    assert two.headers["duplicate-of"] == one.json()["api_agent_task_id"]


@pytest.mark.parametrize(
    "other",
    [message("ACoAABCDEFH"), message(text="Hi!"), message(text="hi"), message(VANITY)],
    ids=str,
)
async def test_another_person_or_text_is_another_message(
    outx: OutxClient, other: dict[str, Any]
) -> None:
    """Nothing is taken for a repetition that need not be one."""
    assert not await twice(outx, message(), other)


async def test_a_message_and_a_note_with_one_text_are_two_things(outx: OutxClient) -> None:
    """Task types do not meet."""
    await outx.send_message(message())
    invitation = await outx.send_connection_request({"profile_urn": PROFILE_ID, "note": "Hi"})

    assert "duplicate-of" not in invitation.headers


async def test_an_invitation_is_guarded_as_well(outx: OutxClient, world: World) -> None:
    """With its note, trimmed as it would be sent."""
    for note in ("Hi", " Hi "):
        await outx.send_connection_request({"profile_urn": PROFILE_ID, "note": note})
    assert len(await world.tasks()) == 1

    await outx.send_connection_request({"profile_urn": PROFILE_ID})
    assert len(await world.tasks()) == 2


async def test_a_success_stands_for_repetitions_for_two_minutes(
    outx: OutxClient, world: World
) -> None:
    """A client that retries is caught; somebody who writes the same an hour later is not."""
    first = await outx.create_message()
    await world.succeed()
    world.clock.advance(timedelta(minutes=2) - timedelta(seconds=1))
    assert await outx.create_message() == first

    world.clock.advance(timedelta(seconds=2))
    assert await outx.create_message() != first


async def test_the_window_is_a_setting(connect: Connect, world: World) -> None:
    """An operator may widen it."""
    outx = connect(content_guard_window=timedelta(hours=1))
    first = await outx.create_message()
    await world.succeed()
    world.clock.advance(timedelta(minutes=59))

    assert await outx.create_message() == first


async def test_the_guard_can_be_switched_off(connect: Connect) -> None:
    """For clients that mean every call."""
    outx = connect(content_guard=False)

    assert not await twice(outx, message(), message())


async def test_what_did_not_happen_may_be_asked_for_again(outx: OutxClient, world: World) -> None:
    """A failed or withdrawn task stands for nothing."""
    failed = await outx.create_message()
    lease, _ = await world.claim()
    await world.store.queue.fail(lease, failed, error=ERROR)
    withdrawn = await outx.create_message()
    await world.store.intake.cancel(withdrawn, team_id=world.team.id)
    third = await outx.create_message()

    assert len({failed, withdrawn, third}) == 3


async def test_what_may_have_happened_is_not_repeated_however_late(
    outx: OutxClient, world: World
) -> None:
    """An unconfirmed task stands for its content until somebody uses a key."""
    first = await outx.create_message()
    lease, _ = await world.claim()
    await world.store.queue.submitting(lease, first, baseline={})
    await world.store.queue.leave_unconfirmed(lease, first, error=ERROR)
    world.clock.advance(timedelta(hours=40))

    assert await outx.create_message() == first


async def test_a_request_with_a_key_is_not_guarded_but_guards(
    outx: OutxClient, world: World
) -> None:
    """The key says what is meant; who comes without one later is still caught."""
    without = await outx.send_message(message())
    keyed = await outx.send_message(message(), Idempotency_Key="k1")
    repeated = await outx.send_message(message())

    assert keyed.json() != without.json()
    assert repeated.headers["duplicate-of"] in {task.id for task in await world.tasks()}
    assert len(await world.tasks()) == 2


async def test_the_contracts_share_the_guard(
    outx: OutxClient, native: NativeClient, world: World
) -> None:
    """A repetition through the other contract is one all the same."""
    first = await outx.create_message("Hi")
    ours = await native.create(
        {
            "task_type": "send_message",
            "input": {"recipient": {"profile_id": PROFILE_ID}, "message": "Hi"},
        }
    )

    assert ours.status_code == 200
    assert ours.json()["id"] == ours.headers["duplicate-of"] == first
    assert len(await world.tasks()) == 1


async def test_the_same_for_two_dates_is_meant_twice(native: NativeClient) -> None:
    """A reminder for Monday and one for Tuesday are two messages; each is guarded by itself."""
    monday = await native.create_message("Hi", not_before="2026-10-05T08:00:00Z")
    tuesday = await native.create_message("Hi", not_before="2026-10-06T08:00:00Z")
    again = await native.create(
        {
            "task_type": "send_message",
            "input": {"recipient": PROFILE_ID, "message": "Hi"},
            "not_before": "2026-10-05T10:00:00+02:00",
        }
    )

    assert monday != tuesday
    assert again.headers["duplicate-of"] == monday


@pytest.mark.parametrize("second", [None, "2026-10-01T12:00:00Z", "2026-10-01T11:59:40Z"])
async def test_a_time_that_is_now_makes_no_second_wish(
    native: NativeClient, second: str | None
) -> None:
    """A client that means "at once" and tries again says another moment, or none."""
    first = await native.create_message("Hi", not_before="2026-10-01T11:59:50Z")
    at = {} if second is None else {"not_before": second}
    again = await native.create(
        {"task_type": "send_message", "input": {"recipient": PROFILE_ID, "message": "Hi"}, **at}
    )

    assert again.headers["duplicate-of"] == first


async def test_a_date_that_has_come_is_the_one_that_was_asked_for(
    native: NativeClient, world: World
) -> None:
    """The request for it is repeated when its moment is just over."""
    moment = (world.clock() + timedelta(seconds=30)).isoformat()
    first = await native.create_message("Hi", not_before=moment)
    world.clock.advance(timedelta(seconds=40))
    again = await native.create(
        {
            "task_type": "send_message",
            "input": {"recipient": PROFILE_ID, "message": "Hi"},
            "not_before": moment,
        }
    )

    assert again.headers["duplicate-of"] == first


async def test_another_account_may_send_the_same(outx: OutxClient, world: World) -> None:
    """Content belongs to the account that acts."""
    first = await outx.create_message()
    await world.store.teams.add_member(
        world.team.id,
        name="Eve",
        role=Role.ADMIN,
        joined_at=world.clock() - timedelta(days=1),
    )

    assert await outx.create_message() != first


async def test_a_repetition_is_answered_while_new_ones_are_refused(
    outx: OutxClient, world: World
) -> None:
    """At LinkedIn's limit a lost answer is still found."""
    body = {"profile_urn": PROFILE_ID}
    first = await outx.send_connection_request(body)
    await world.hold(HoldReason.INVITATION_LIMIT, "send_connection_request", hours=1)

    again = await outx.send_connection_request(body)

    assert again.headers["duplicate-of"] == first.json()["api_agent_task_id"]
    assert (await outx.send_connection_request({"profile_urn": VANITY})).status_code == 429


async def test_fifty_equal_messages_at_once_make_one_task(outx: OutxClient, world: World) -> None:
    """However close together they come."""
    answers = await asyncio.gather(*(outx.send_message(message()) for _ in range(50)))

    [task] = await world.tasks()
    assert {answer.json()["api_agent_task_id"] for answer in answers} == {task.id}


async def test_a_repetition_is_seen_in_the_timeline(outx: OutxClient, world: World) -> None:
    """Whoever looks at the task sees that it was asked for again."""
    await outx.create_message()
    task_id = await outx.create_message()

    assert [event.name for event in (await world.view(task_id)).events] == ["accepted", "repeated"]
