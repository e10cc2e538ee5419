"""Creating tasks through OutX's endpoints."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from storage.tasks import TaskStatus

if TYPE_CHECKING:
    from tests.api.conftest import Connect, OutxClient, World

URN = "urn:li:person:ACoAABCDEFG"


async def test_a_message_is_accepted_with_the_documented_answer(outx: OutxClient) -> None:
    """The answer of send-message is the documented one, with a UUID."""
    answer = await outx.send_message({"recipient_urn": URN, "message": "Hi Jane"})

    assert answer.status_code == 200
    body = answer.json()
    task_id = body.pop("api_agent_task_id")
    assert str(UUID(task_id)) == task_id
    assert body == {"success": True, "message": "Send message task created successfully"}


async def test_a_connection_request_is_accepted_with_the_documented_answer(
    outx: OutxClient,
) -> None:
    """The answer of send-connection-request is the documented one, with a UUID."""
    answer = await outx.send_connection_request({"profile_urn": URN})

    assert answer.status_code == 200
    body = answer.json()
    task_id = body.pop("api_agent_task_id")
    assert str(UUID(task_id)) == task_id
    assert body == {
        "success": True,
        "message": "Send connection request task created successfully",
    }


async def test_an_accepted_task_is_stored_for_the_oldest_admin(
    outx: OutxClient, world: World
) -> None:
    """What is accepted is queued for the acting member, with a normalised input."""
    task = await world.task(await outx.create_message("Hi"))

    assert task.status is TaskStatus.QUEUED
    assert task.member_id == world.admin.id
    assert task.team_id == world.team.id
    assert (task.dialect, task.task_type, task.is_write) == ("outx", "send_message", True)
    assert task.input["recipient"]["profile_id"] == "ACoAABCDEFG"
    assert task.input["message"] == "Hi"


@pytest.mark.parametrize(
    "message",
    [
        "Hi Jane, it's Zoë 👩‍💻\nsecond line\ttabbed",
        "  not trimmed  ",
        "one\r\ntwo\rthree\nfour",
        "'; DROP TABLE tasks; --",
        '<script>alert("1")</script> & <b>bold</b>',
        "{{7*7}} ${HOME} %s \\n \\u0041",
        "א" * 10_000,
        "😀" * 10_000,
        "x" * 10_000,
    ],
    ids=lambda text: text[:12],
)
async def test_a_message_is_echoed_exactly_as_it_was_sent(outx: OutxClient, message: str) -> None:
    """The echo holds every character, whatever it would mean elsewhere."""
    task_id = await outx.create_message(message)

    shown = (await outx.status(task_id)).json()["data"]["task_input"]
    assert shown == {
        "task_type": "agent_send_message",
        "recipient_urn": "ACoAABCDEFG",
        "message": message,
    }


async def test_a_message_is_delivered_untrimmed_with_line_feeds(
    outx: OutxClient, world: World
) -> None:
    """Only the kind of line break changes on the way to LinkedIn."""
    task = await world.task(await outx.create_message("  one\r\ntwo\rthree\n\n four "))

    assert task.input["message"] == "  one\ntwo\nthree\n\n four "


@pytest.mark.parametrize(
    ("note", "delivered"),
    [
        ("Hello", "Hello"),
        ("  Hello \n", "Hello"),
        ("one\r\ntwo", "one\ntwo"),
        ("", None),
        (" \t\r\n ", None),
        (None, None),
        ("x" * 300, "x" * 300),
        ("  " + "😀" * 300 + "  ", "😀" * 300),
    ],
    ids=repr,
)
async def test_a_note_is_trimmed_for_delivery_and_echoed_as_sent(
    outx: OutxClient, world: World, note: str | None, delivered: str | None
) -> None:
    """The note is measured and delivered trimmed, and shown as it came."""
    answer = await outx.send_connection_request({"profile_urn": URN, "note": note})

    task_id = answer.json()["api_agent_task_id"]
    assert (await world.task(task_id)).input["note"] == delivered
    assert (await outx.status(task_id)).json()["data"]["task_input"] == {
        "task_type": "agent_send_connection_request",
        "profile_urn": URN,
        "note": note,
    }


async def test_an_omitted_note_is_not_echoed(outx: OutxClient, world: World) -> None:
    """What was not sent is not shown."""
    answer = await outx.send_connection_request({"profile_urn": URN})

    task_id = answer.json()["api_agent_task_id"]
    assert (await world.task(task_id)).input["note"] is None
    assert (await outx.status(task_id)).json()["data"]["task_input"] == {
        "task_type": "agent_send_connection_request",
        "profile_urn": URN,
    }


async def test_unknown_fields_are_ignored_and_not_echoed(outx: OutxClient) -> None:
    """Fields that OutX does not document change nothing, even those named like ours."""
    answer = await outx.send_message(
        {"recipient_urn": URN, "message": "Hi", "task_type": "x", "extra": {"deep": [1]}}
    )

    shown = (await outx.status(answer.json()["api_agent_task_id"])).json()["data"]["task_input"]
    assert shown == {"task_type": "agent_send_message", "recipient_urn": URN, "message": "Hi"}


@pytest.mark.parametrize(
    "content_type",
    [
        "application/json",
        "application/json; charset=utf-8",
        "Application/JSON;charset=UTF-8",
        "application/vnd.api+json",
        None,
    ],
)
async def test_json_is_accepted_under_any_of_its_names(
    outx: OutxClient, content_type: str | None
) -> None:
    """A missing content type counts as JSON, as do types that end in +json."""
    headers = {} if content_type is None else {"content-type": content_type}
    answer = await outx.http.post(
        "/linkedin-agent/send-message",
        content=b'\xef\xbb\xbf{"recipient_urn": "ACoAABCDEFG", "message": "Hi"}',
        headers=headers,
    )

    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("person", "profile_id", "vanity"),
    [
        ("urn:li:person:ACoAABCDEFG", "ACoAABCDEFG", None),
        ("urn:li:fsd_profile:ACoAABCDEF123", "ACoAABCDEF123", None),
        ("ACoAABCDEF123", "ACoAABCDEF123", None),
        (" urn:li:person:ACoAABCDEFG ", "ACoAABCDEFG", None),
        ("williamhgates", None, "williamhgates"),
        ("https://www.linkedin.com/in/williamhgates/", None, "williamhgates"),
        ("linkedin.com/in/williamhgates?trk=x#top", None, "williamhgates"),
        ("https://de.linkedin.com/in/dieter-k%C3%B6nig/de", None, "dieter-könig"),
    ],
)
async def test_a_person_may_be_named_in_every_form_that_people_hold(
    outx: OutxClient, world: World, person: str, profile_id: str | None, vanity: str | None
) -> None:
    """URNs, bare ids, addresses and vanity names are understood and echoed as sent."""
    answer = await outx.send_connection_request({"profile_urn": person})

    task_id = answer.json()["api_agent_task_id"]
    assert (await world.task(task_id)).input["invitee"] == {
        "profile_id": profile_id,
        "vanity": vanity,
    }
    shown = (await outx.status(task_id)).json()["data"]["task_input"]
    assert shown["profile_urn"] == person


async def test_two_apps_over_one_store_see_the_same_tasks(connect: Connect) -> None:
    """An accepted task is in the store, not in the process."""
    task_id = await connect().create_message()

    assert (await connect().status(task_id)).status_code == 200
