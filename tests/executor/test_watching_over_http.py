"""Watched inboxes from end to end: runners look by themselves, and clients find what is new."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from executor.sandbox.casting import NewMessage
from executor.sandbox.people import Relation
from storage.secrets import new_webhook_secret
from storage.tasks import TaskFilter, TaskStatus
from storage.webhooks import EventType
from tests.executor.office import STRANGER
from tests.executor.test_connectsafely_over_http import connected
from tests.executor.test_fetch_conversations import mailbox, told
from tests.executor.test_runner import ask_jane, ended, working

if TYPE_CHECKING:
    from storage.tasks import Task
    from tests.executor.office import Office

EVERY = timedelta(minutes=5)
JOHN = "john-doe-123"
RECENT = "/messaging/recent-messages"


async def looked(office: Office, times: int) -> list[Task]:
    """Wait until so many looks have succeeded, and return all there are, the oldest first."""
    changes = office.store.changes()
    async with asyncio.timeout(30):
        while True:
            views = await office.store.reports.list(TaskFilter(task_type="watch_inbox"))
            tasks = [view.task for view in reversed(views)]
            if [task.status for task in tasks].count(TaskStatus.SUCCEEDED) >= times:
                return tasks
            await changes.wait()


def output(task: Task) -> dict[str, Any]:
    assert task.output is not None
    return dict(task.output)


async def write(office: Office, *texts: str) -> None:
    for text in texts:
        message = NewMessage(person=JOHN, sender="them", text=text)
        await office.sandbox.client.add_message(message)


async def test_runners_look_by_themselves_and_tell_everything_once(office: Office) -> None:
    """Two of them, over three intervals: one look for each, and nothing is marked read."""
    invitation = await office.invite(STRANGER)
    assert invitation.status is TaskStatus.SUCCEEDED
    await office.sandbox.client.forget_visits()
    hook = await office.store.webhooks.add(
        office.team.id, url="https://x.example/", event_types=None, secret=new_webhook_secret()
    )
    before: list[Any] = []
    for number in (1, 2, 3):
        one, other = (office.runner(watch_every=EVERY) for _ in range(2))
        async with working(one), working(other):
            tasks = await looked(office, number)
        if number == 1:
            await write(office, "One", "Two")
            await office.sandbox.client.set_relation(STRANGER, Relation.CONNECTED)
            before = await mailbox(office)
        office.clock.pass_(timedelta(hours=1))

    assert [task.dialect for task in tasks] == ["runner"] * 3
    news = [[each["text"] for each in output(task)["messages"]] for task in tasks]
    accepted = [[each["profile_id"] for each in output(task)["accepted"]] for task in tasks]
    assert news == [[], ["One", "Two"], []]
    assert accepted == [[], [STRANGER], []]
    deliveries = await office.store.webhooks.deliveries(hook.id, team_id=hook.team_id, limit=9)
    assert sorted(each.event_type for each in deliveries) == [
        EventType.INVITATION_ACCEPTED,
        EventType.MESSAGE_RECEIVED,
        EventType.MESSAGE_RECEIVED,
    ]
    assert await told(office) == []
    assert await mailbox(office) == before
    assert [entry.kind for entry in await office.delivered()] == ["invitation"]


async def test_nothing_is_watched_unless_somebody_wants_it(office: Office) -> None:
    """A runner as it comes asks for nothing by itself."""
    async with working(office.runner()):
        await ended(office, await ask_jane(office, "Hello"))

    assert await office.store.reports.list(TaskFilter(task_type="watch_inbox")) == []


async def test_recent_messages_are_told_without_a_visit(office: Office) -> None:
    """From the last look, until the account itself changes something."""
    await write(office, "Hello there")
    await office.read("watch_inbox")
    await office.sandbox.client.forget_visits()

    async with connected(office, watched_every=EVERY) as client:
        answer = await client.get(RECENT, params={"count": 5})
        visited = await office.pages_visited()
        newest = answer.json()["conversations"][0]
        urn = {"conversationUrn": newest["conversationUrn"]}
        marked = await client.post("/messaging/mark-seen", json=urn)
        later = await client.get(RECENT, params={"count": 5})

    assert answer.status_code == 200, answer.text
    assert newest["latestMessage"]["text"] == "Hello there"
    assert (newest["isRead"], answer.headers["Age"], visited) == (False, "0", [])
    assert marked.status_code == 200, marked.text
    assert (later.json()["conversations"][0]["isRead"], "Age" in later.headers) == (True, False)


async def test_clients_find_looks_among_their_tasks(office: Office) -> None:
    """By their type, with what was found; a client may ask for one as well."""
    await write(office, "Hello there")
    async with connected(office) as client:
        tasks = client.base_url.join("/tasks")
        made = await client.post(tasks, json={"task_type": "watch_inbox", "input": {"since": 0}})
        assert made.status_code == 201, made.text
        (task,) = await looked(office, 1)
        listed = await client.get(tasks, params={"task_type": "watch_inbox"})
        given = {"since": 0, "left": output(task)["left"], "invited": [STRANGER]}
        again = await client.post(tasks, json={"task_type": "watch_inbox", "input": given})

    (shown,) = listed.json()["tasks"]
    assert shown["output"] == output(task)
    assert len(shown["output"]["messages"]) >= 1
    assert again.status_code == 201, again.text
