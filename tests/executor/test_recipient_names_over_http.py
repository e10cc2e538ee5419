"""One message to one person, by whichever of their names a client asks, judged by the ledger.

As clients do it: by the conversation, then by the URN, then by the public name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from executor.actions import SendMessage, SendMessageInput
from executor.attempt import Attempt
from executor.locators import messaging
from executor.pages.linkedin import LinkedIn
from executor.person import Person
from executor.sandbox.casting import NewThread, SeededMessage
from executor.sandbox.faults import Fault
from storage.errors import SentBefore
from storage.tasks import TaskFilter, TaskStatus
from tests.executor.office import JANE
from tests.executor.test_connectsafely_over_http import JANE_URN, connected

if TYPE_CHECKING:
    import httpx

    from executor.components.member import Member
    from storage.tasks import JsonObject, Task
    from tests.executor.office import Office

SEND = "/conversations/send"
TEXT = "The same words"
LATER = "And something else"
PAIRS = [("conversation", "urn"), ("urn", "conversation"), ("slug", "conversation")]


async def by_every_name(office: Office) -> dict[str, dict[str, Any]]:
    """Return requests for one message to Jane, with whom there is a conversation."""
    client = office.sandbox.client
    line = SeededMessage(sender="them", text="Are you there?")
    thread = await client.seed_thread(NewThread(person=JANE, messages=(line,)))
    slug = (await client.person(JANE)).vanity
    return {
        "conversation": {"conversationUrn": thread.conversation_urn, "message": TEXT},
        "urn": {"recipientProfileUrn": JANE_URN, "message": TEXT},
        "slug": {"recipientProfileId": slug, "message": TEXT},
    }


async def texts(office: Office) -> list[str | None]:
    return [entry.text for entry in await office.delivered()]


@pytest.mark.parametrize(("first", "second"), PAIRS)
async def test_a_message_that_was_sent_is_not_sent_by_another_name(
    office: Office, first: str, second: str
) -> None:
    """The second request is answered with the first one's outcome."""
    bodies = await by_every_name(office)
    async with connected(office) as api:
        one = await api.post(SEND, json=bodies[first])
        two = await api.post(SEND, json=bodies[second])

    assert (one.status_code, two.status_code) == (200, 200), (one.text, two.text)
    assert one.json() == two.json()
    assert two.headers["X-Message-Urn"] == one.headers["X-Message-Urn"]
    assert await texts(office) == [TEXT]


@pytest.mark.parametrize(("first", "second"), PAIRS)
async def test_two_requests_that_wait_become_one_message(
    office: Office, first: str, second: str
) -> None:
    """Nobody knows by then who is in the conversation; the page does when it is about to send."""
    bodies = await by_every_name(office)
    await office.store.teams.pause(office.admin.id)
    async with connected(office) as api:
        for body in (bodies[first], bodies[second], {**bodies["urn"], "message": LATER}):
            answer = await api.post(SEND, json=body, headers={"Prefer": "respond-async"})
            assert answer.status_code == 202, answer.text
    await office.store.teams.resume(office.admin.id)
    await office.runner().run_once()

    assert await texts(office) == [TEXT, LATER]
    one, two = await sent_tasks(office)
    assert (one.status, two.status) == (TaskStatus.SUCCEEDED, TaskStatus.SUCCEEDED)
    assert one.output == two.output
    assert two.evidence is not None
    assert (two.evidence["method"], two.evidence["task_id"]) == ("earlier_task", one.id)


@pytest.mark.parametrize(("first", "second"), PAIRS)
async def test_a_message_in_doubt_is_not_sent_by_another_name(
    office: Office, first: str, second: str
) -> None:
    """Whoever asks again is told of the doubt; with a key, the message goes out."""
    bodies = await by_every_name(office)
    fault = {"on": "create_message", "do": "drop_before_delivery", "seconds": 4}
    await office.sandbox.client.arm(Fault.model_validate(fault))
    async with connected(office) as api:
        one = await api.post(SEND, json=bodies[first])
        two = await api.post(SEND, json=bodies[second])
        before = await texts(office)
        meant = await with_key(api, bodies[second])

    assert told(one) == told(two) == (409, "unconfirmed", "false"), (one.text, two.text)
    assert one.headers["X-Task-Id"] in two.text
    assert (before, meant.status_code) == ([], 200), meant.text
    assert await texts(office) == [TEXT]


async def test_a_request_with_a_key_is_sent_besides(office: Office) -> None:
    """The client says by it that the message is meant twice."""
    bodies = await by_every_name(office)
    async with connected(office) as api:
        await api.post(SEND, json=bodies["conversation"])
        meant = await with_key(api, bodies["slug"])

    assert meant.status_code == 200, meant.text
    assert await texts(office) == [TEXT, TEXT]


async def with_key(api: httpx.AsyncClient, body: dict[str, Any]) -> httpx.Response:
    return await api.post(SEND, json=body, headers={"Idempotency-Key": "k1"})


def told(answer: httpx.Response) -> tuple[int, str | None, str | None]:
    headers = answer.headers
    return answer.status_code, headers.get("X-Error-Code"), headers.get("X-Retry-Safe")


async def sent_tasks(office: Office) -> list[Task]:
    """Return the two tasks for the message, the first one first."""
    views = await office.store.reports.list(TaskFilter(task_type="send_message"))
    return [view.task for view in reversed(views) if view.task.input["message"] == TEXT]


class RepeatedAttempt(Attempt):
    """An attempt at what another task has sent."""

    def __init__(self, earlier: Task) -> None:
        self._earlier = earlier

    async def submitting(self, baseline: JsonObject) -> None:
        assert baseline["member"]["profile_id"] == JANE
        raise SentBefore(self._earlier)

    async def leaving(self, marks: JsonObject) -> None:
        raise AssertionError(marks)


async def remember(_: Member) -> None:
    """Remember nobody."""


async def test_what_is_not_sent_is_taken_out_of_the_message_box(office: Office) -> None:
    """LinkedIn keeps what stands there, and no other message to the person could be written."""
    earlier = await office.message(TEXT)
    account = await office.browsers.open_account(await office.sandbox.client.storage_state())
    try:
        linkedin = LinkedIn(account.tab, remember=remember)
        order = SendMessageInput(recipient=Person(profile_id=JANE), message=TEXT)
        with pytest.raises(SentBefore):
            await SendMessage().perform(linkedin, order, RepeatedAttempt(earlier))
        _, left = await account.tab.whole.require_and_run(messaging.COMPOSER, "composer_text")
    finally:
        await account.close()

    assert left.strip() == ""
    assert await texts(office) == [TEXT]
