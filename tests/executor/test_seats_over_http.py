"""Recipients are written to in the inbox that the account's seat leads to, judged by the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from storage.tasks import TaskFilter, TaskStatus
from tests.executor.office import JANE, STRANGER
from tests.executor.sales import with_seat
from tests.executor.test_connectsafely_over_http import JANE_URN, connected

if TYPE_CHECKING:
    from executor.sandbox.ledger import LedgerEntry
    from storage.tasks import Task
    from tests.executor.office import Office

SEND = "/conversations/send"
STRANGER_URN = f"urn:li:fsd_profile:{STRANGER}"
BODY: dict[str, Any] = {"subject": "Lanterns", "message": "May I show you ours?"}


async def credits_left(office: Office) -> int:
    return (await office.sandbox.client.limits()).inmail_credits


async def tasks(office: Office, task_type: str) -> list[Task]:
    views = await office.store.reports.list(TaskFilter(task_type=task_type))
    return [view.task for view in views]


def told(entry: LedgerEntry) -> tuple[str | None, str | None, str | None, bool]:
    return entry.recipient, entry.subject, entry.text, entry.sales_thread is not None


async def test_an_account_with_a_seat_writes_by_it(office: Office) -> None:
    """To a stranger for a credit, to a connection for none and without the subject; one look."""
    await with_seat(office)
    before = await credits_left(office)
    async with connected(office) as api:
        stranger = await api.post(SEND, json={**BODY, "recipientProfileUrn": STRANGER_URN})
        again = await api.post(SEND, json={**BODY, "recipientProfileUrn": STRANGER_URN})
        connection = await api.post(SEND, json={**BODY, "recipientProfileUrn": JANE_URN})
        plain = {"message": "Without a subject", "recipientProfileUrn": JANE_URN}
        own = await api.post(SEND, json=plain)

    answers = [stranger, again, connection, own]
    assert [each.status_code for each in answers] == [200] * 4, [each.text for each in answers]
    assert again.json() == stranger.json()
    assert [told(entry) for entry in await office.delivered()] == [
        (STRANGER, "Lanterns", BODY["message"], True),
        (JANE, None, BODY["message"], True),
        (JANE, None, "Without a subject", False),
    ]
    assert before - await credits_left(office) == 1
    assert len(await tasks(office, "fetch_inmail_credits")) == 1


async def test_an_account_without_a_seat_spends_nothing(office: Office) -> None:
    """A connection gets the words alone, as ever; a stranger none."""
    async with connected(office) as api:
        stranger = await api.post(SEND, json={**BODY, "recipientProfileUrn": STRANGER_URN})
        connection = await api.post(SEND, json={**BODY, "recipientProfileUrn": JANE_URN})

    assert (stranger.status_code, stranger.headers["X-Error-Code"]) == (400, "not_connected")
    assert connection.status_code == 200, connection.text
    assert [told(entry) for entry in await office.delivered()] == [
        (JANE, None, BODY["message"], False)
    ]


async def test_two_ways_to_one_person_become_one_message(office: Office) -> None:
    """Asked for by two names, before any page has told whose they are; no draft stays behind."""
    await with_seat(office)
    slug = (await office.sandbox.client.person(JANE)).vanity
    by_urn = {"recipientProfileUrn": JANE_URN, "messagingChannel": "linkedin_inbox"}
    by_name = {"recipientProfileId": slug, "messagingChannel": "sales_navigator"}
    await office.store.teams.pause(office.admin.id)
    async with connected(office) as api:
        for given in (by_urn, by_name, {**by_name, "message": "And else"}):
            body = {"message": BODY["message"], **given}
            answer = await api.post(SEND, json=body, headers={"Prefer": "respond-async"})
            assert answer.status_code == 202, answer.text
    await office.store.teams.resume(office.admin.id)
    await office.runner().run_once()

    assert [told(entry) for entry in await office.delivered()] == [
        (JANE, None, BODY["message"], False),
        (JANE, None, "And else", True),
    ]
    (sent,) = await tasks(office, "send_message")
    _, kept_back = await tasks(office, "send_sales_inmail")
    assert (sent.status, kept_back.status) == (TaskStatus.SUCCEEDED, TaskStatus.FAILED)
    assert kept_back.error is not None
    assert sent.id in kept_back.error.message


async def test_words_that_began_a_conversation_are_not_repeated_in_it(office: Office) -> None:
    """Whose it is was told by the delivery; with a key they are meant."""
    await with_seat(office)
    async with connected(office) as api:
        first = await api.post(SEND, json={**BODY, "recipientProfileUrn": JANE_URN})
        answer = {"threadId": first.json()["threadId"], "message": BODY["message"]}
        refused = await api.post(SEND, json=answer)
        meant = await api.post(SEND, json=answer, headers={"Idempotency-Key": "k1"})

    assert (refused.status_code, meant.status_code) == (409, 200), (refused.text, meant.text)
    assert first.headers["X-Task-Id"] in refused.json()["error"]
    assert [told(entry)[2:] for entry in await office.delivered()] == [(BODY["message"], True)] * 2


async def test_the_list_shows_sales_navigator_once_a_runner_has_looked(office: Office) -> None:
    """Nobody has to ask what the account has."""
    await with_seat(office)
    async with connected(office) as api:
        sent = await api.post(SEND, json={**BODY, "recipientProfileUrn": STRANGER_URN})
        listed = (await api.get("/conversations", params={"count": 1})).json()

    assert sent.json()["threadId"] == listed["conversations"][0]["salesNavThreadId"]
