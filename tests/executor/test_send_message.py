"""Messages, from the profile to the ledger."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from executor.sandbox.casting import NewThread, SeededMessage
from executor.sandbox.faults import Fault
from executor.sandbox.people import Relation
from storage.sessions import SessionHealth
from storage.tasks import ErrorCode, TaskStatus
from tests.executor.office import JANE, STRANGER

if TYPE_CHECKING:
    from tests.executor.office import Office

TEXTS = {
    "one line": "Hello Jane",
    "lines": "Hello Jane,\n\nthis is the third line.\nAnd this the fourth.",
    "emoji": "Thanks 🎉👩🏽‍💻 and 🇫🇷!",
    "right to left": "مرحبا جين،\nشكرا על הכל",
    "spaces": "two  spaces,   three, and\ta tab",
    "markup": "<b>not bold</b> &amp; <script>alert(1)</script> \"quotes\" 'single' {{ x }}",
    "ten thousand characters": ("0123456789" * 99 + "012345678\n") * 10,
    "links": "see https://example.org/?a=1&b=2#c @Jane #tag",
}


@pytest.mark.scenario(15)
@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
async def test_the_text_arrives_unchanged_and_once(office: Office, text: str) -> None:
    """What the ledger shows is character by character what was asked for."""
    text = text.removesuffix("\n")

    task = await office.message(text)

    assert task.status is TaskStatus.SUCCEEDED
    assert [(e.kind, e.recipient, e.text) for e in await office.delivered()] == [
        ("message", JANE, text)
    ]


async def test_success_names_the_message_that_linkedin_stored(office: Office) -> None:
    """Output and evidence carry the id from LinkedIn's own answer."""
    task = await office.message("Hello")

    (entry,) = await office.delivered()
    assert task.output == {
        "recipient_profile_id": JANE,
        "conversation_urn": entry.conversation_urn,
        "message_urn": entry.message_urn,
        "sent_at": int(entry.at.timestamp() * 1000),
        "typing_shown": False,
    }
    assert task.evidence == {"method": "network", "status": 200, "message_urn": entry.message_urn}


async def test_the_intent_and_a_baseline_are_stored_before_the_click(office: Office) -> None:
    """The timeline shows both commits before success; the baseline holds what a read-back needs."""
    await office.sandbox.client.seed_thread(
        NewThread(
            person=JANE,
            messages=(
                SeededMessage(sender="me", text="Hello"),
                SeededMessage(sender="them", text="Hello"),
                SeededMessage(sender="me", text="Hello"),
            ),
        )
    )

    task = await office.message("Hello")

    names = [event.name for event in await office.timeline(task.id)]
    assert names == ["accepted", "claimed", "submitting", "leaving", "succeeded"]
    assert task.baseline is not None
    assert task.baseline["member"]["profile_id"] == JANE
    assert task.baseline["own_identical"] == 2
    assert len(task.baseline["urns"]) == 3
    assert task.baseline["thread_id"] is not None
    assert task.baseline["origin_token"] == (await office.delivered())[0].origin_token


@pytest.mark.scenario(13, 16, 28)
@pytest.mark.drift("2024-25", "2026-09")
@pytest.mark.parametrize(
    ("history", "toggles"),
    [
        (True, {"compose_lands": "compose", "language": "de", "connect_key": "absent"}),
        (False, {"compose_lands": "compose", "compose_keeps_query": True, "language": "ar"}),
        (True, {"sales_navigator": True, "self_profile_suffix": True}),
        (False, {"decoys": False, "wrapper_section": False, "messaging_answers": "normalized"}),
        (True, {"action_row_delay_ms": 900, "composer_delay_ms": 700, "send_delay_ms": 400}),
    ],
    ids=str,
)
async def test_every_variant_of_the_pages_delivers_once(
    office: Office, toggles: dict[str, Any], history: bool
) -> None:
    """Languages, layouts and late mounting change nothing about the delivery."""
    client = office.sandbox.client
    await client.toggle(**toggles)
    if history:
        await client.seed_thread(
            NewThread(person=JANE, messages=(SeededMessage(sender="them", text="Hi there"),))
        )

    task = await office.message("Hello")

    assert (task.status, task.error) == (TaskStatus.SUCCEEDED, None)
    assert [(e.recipient, e.text) for e in await office.delivered()] == [(JANE, "Hello")]


@pytest.mark.scenario(14, 15)
async def test_enter_sends_where_the_account_has_chosen_that(office: Office) -> None:
    """Without a Send button the message goes by Enter, and its line breaks do not send early."""
    await office.sandbox.client.change_account(1, press_enter_to_send=True)

    task = await office.message("first\nsecond\nthird")

    assert task.status is TaskStatus.SUCCEEDED
    assert [e.text for e in await office.delivered()] == ["first\nsecond\nthird"]


async def test_two_people_of_one_name_are_told_apart(office: Office) -> None:
    """The message goes to the id that was asked for, not to a namesake."""
    client = office.sandbox.client
    jane = await client.person(JANE)
    twin = await client.add_person(first_name=jane.first_name, last_name=jane.last_name)
    await client.set_relation(twin.id, Relation.CONNECTED)

    task = await office.message("For the second Jane", to=twin.id)

    assert task.status is TaskStatus.SUCCEEDED
    assert [e.recipient for e in await office.delivered()] == [twin.id]


@pytest.mark.parametrize("relation", [each for each in Relation if each is not Relation.CONNECTED])
async def test_only_connections_get_messages(office: Office, relation: Relation) -> None:
    """Everybody else is refused before anything is typed."""
    await office.sandbox.client.set_relation(STRANGER, relation)

    task = await office.message("Hello", to=STRANGER)

    assert task.error is not None
    assert (task.error.code, task.error.retry_safe) == (ErrorCode.NOT_CONNECTED, True)
    assert await office.delivered() == []


async def test_a_profile_that_is_gone_fails_with_profile_not_found(office: Office) -> None:
    """LinkedIn's /404/ page is recognised at once."""
    task = await office.message("Hello", to="ACoAAnobodyhasthisid")

    assert task.error is not None
    assert task.error.code is ErrorCode.PROFILE_NOT_FOUND


@pytest.mark.scenario(14)
async def test_a_foreign_draft_is_left_alone(office: Office) -> None:
    """Somebody's unsent words are neither sent nor deleted."""
    await office.sandbox.client.seed_thread(NewThread(person=JANE, draft="half a thought"))

    first = await office.message("Hello")
    second = await office.message("Hello again")

    assert [task.error and task.error.code for task in (first, second)] == [
        ErrorCode.COMPOSER_OCCUPIED,
        ErrorCode.COMPOSER_OCCUPIED,
    ]
    assert await office.delivered() == []


async def test_a_draft_of_the_very_message_is_sent_and_not_doubled(office: Office) -> None:
    """A try that was cut off after typing leaves one behind."""
    await office.sandbox.client.seed_thread(NewThread(person=JANE, draft="Hello Jane"))

    task = await office.message("Hello Jane")

    assert task.status is TaskStatus.SUCCEEDED
    assert [entry.text for entry in await office.delivered()] == ["Hello Jane"]


@pytest.mark.scenario(14)
async def test_an_overlay_that_takes_the_clicks_costs_no_evidence(office: Office) -> None:
    """A covered Send button is noticed before the intent is stored, so a retry is safe."""
    await office.sandbox.client.toggle(drag_overlay=True)

    task = await office.message("Hello")

    assert task.status in {TaskStatus.QUEUED, TaskStatus.SUCCEEDED}
    assert task.submitted_at is None or task.status is TaskStatus.SUCCEEDED
    assert len(await office.delivered()) == int(task.status is TaskStatus.SUCCEEDED)


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (400, ErrorCode.REFUSED),
        (403, ErrorCode.REFUSED),
        (422, ErrorCode.REFUSED),
        (429, ErrorCode.RATE_LIMITED),
    ],
)
async def test_a_refusal_by_the_server_is_a_failure_that_is_safe_to_repeat(
    office: Office, status: int, code: ErrorCode
) -> None:
    """LinkedIn's word that it did not take the message is proof that nothing was sent."""
    await office.sandbox.client.arm(Fault(on="create_message", do="status", status=status))

    task = await office.message("Hello")

    assert task.error is not None
    assert (task.status, task.error.code, task.error.retry_safe) == (TaskStatus.FAILED, code, True)
    assert await office.delivered() == []


async def test_an_answer_lost_after_delivery_is_found_by_reading_back(office: Office) -> None:
    """The reloaded conversation shows the message behind the last one that was known."""
    await office.sandbox.client.seed_thread(
        NewThread(person=JANE, messages=(SeededMessage(sender="me", text="Hello"),))
    )
    await office.sandbox.client.arm(Fault(on="create_message", do="drop_answer_after_delivery"))

    task = await office.message("Hello")

    assert task.status is TaskStatus.SUCCEEDED
    assert task.evidence is not None
    assert task.evidence["method"] == "read_back"
    assert len(await office.delivered()) == 1


@pytest.mark.scenario(16)
async def test_an_answer_lost_in_a_new_conversation_is_found_by_the_token(office: Office) -> None:
    """Nothing earlier serves as a landmark, but the message carries the mark of its request."""
    await office.sandbox.client.arm(Fault(on="create_message", do="drop_answer_after_delivery"))

    task = await office.message("Hello")

    assert task.status is TaskStatus.SUCCEEDED
    assert task.evidence is not None
    assert (task.evidence["method"], task.evidence["by"]) == ("read_back", "origin_token")
    assert len(await office.delivered()) == 1


async def test_a_message_of_many_lines_gets_the_time_it_needs(office: Office) -> None:
    """Line breaks are typed one by one; the time limit grows with them."""
    text = "\n".join(["x"] * 300)
    task_id = await office.ask("send_message", recipient={"profile_id": JANE}, message=text)

    await office.runner(task_timeout=timedelta(seconds=3)).run_once()

    assert (await office.task(task_id)).status is TaskStatus.SUCCEEDED
    assert [entry.text for entry in await office.delivered()] == [text]


async def test_a_lost_request_ends_unconfirmed_and_is_not_sent_again(office: Office) -> None:
    """Absence is no proof, whatever the ledger of a sandbox may say."""
    await office.sandbox.client.arm(Fault(on="create_message", do="drop_before_delivery"))

    task = await office.message("Hello")
    await office.runner().run_once()

    assert task.error is not None
    assert (task.status, task.error.code, task.error.retry_safe) == (
        TaskStatus.UNCONFIRMED,
        ErrorCode.UNCONFIRMED,
        False,
    )
    assert await office.delivered() == []


@pytest.mark.scenario(21)
@pytest.mark.parametrize("do", ["status", "errors_in_200"])
async def test_a_server_error_after_the_click_is_never_called_a_failure(
    office: Office, do: Any
) -> None:
    """A 500, or a 200 full of errors, says nothing about what happened."""
    await office.sandbox.client.arm(Fault(on="create_message", do=do, status=500))

    task = await office.message("Hello")

    assert task.status is TaskStatus.UNCONFIRMED


async def test_an_identical_earlier_message_is_no_evidence(office: Office) -> None:
    """The same words from last week do not prove that today's were sent."""
    await office.sandbox.client.seed_thread(
        NewThread(
            person=JANE,
            messages=(
                SeededMessage(sender="me", text="Hello"),
                SeededMessage(sender="them", text="Hello"),
            ),
        )
    )
    await office.sandbox.client.arm(Fault(on="create_message", do="drop_before_delivery"))

    task = await office.message("Hello")

    assert task.status is TaskStatus.UNCONFIRMED


@pytest.mark.scenario(22)
@pytest.mark.parametrize(
    ("do", "health"),
    [
        ("sign_out", SessionHealth.SIGNED_OUT),
        ("challenge", SessionHealth.CHALLENGE),
        ("restrict", SessionHealth.RESTRICTED),
    ],
)
async def test_an_obstacle_pauses_the_account_and_keeps_its_queue(
    office: Office, do: Any, health: SessionHealth
) -> None:
    """The task waits for its person, uncounted, and is done after they have signed in again."""
    await office.sandbox.client.arm(Fault(on="page", do=do, match="/in/"))
    task_id = await office.ask("send_message", recipient={"profile_id": JANE}, message="Hello")

    await office.runner().run_once()
    waiting = await office.store.reports.view(task_id)

    assert waiting is not None
    assert (waiting.task.status, waiting.task.attempts) == (TaskStatus.QUEUED, 0)
    assert waiting.waiting_for == "sign_in"
    assert await office.health() is health
    assert await office.runner().run_once() == 0

    await office.sandbox.client.reset()
    await office.sign_in()
    await office.runner().run_once()

    assert (await office.task(task_id)).status is TaskStatus.SUCCEEDED
    assert len(await office.delivered()) == 1


@pytest.mark.parametrize("status", [429, 999])
async def test_throttling_puts_the_task_off(office: Office, status: int) -> None:
    """LinkedIn's 429 and 999 are waited out for a quarter of an hour."""
    await office.sandbox.client.arm(Fault(on="page", do="status", status=status, match="/in/"))
    task_id = await office.ask("send_message", recipient={"profile_id": JANE}, message="Hello")

    await office.runner().run_once()
    assert (await office.task(task_id)).status is TaskStatus.QUEUED
    office.clock.pass_(timedelta(minutes=14))
    assert await office.runner().run_once() == 0

    office.clock.pass_(timedelta(minutes=1))
    await office.runner().run_once()
    assert (await office.task(task_id)).status is TaskStatus.SUCCEEDED


async def test_attempts_are_bounded(office: Office) -> None:
    """A page that never comes ends the task visibly, with the last reason."""
    await office.sandbox.client.arm(
        Fault(on="page", do="status", status=503, match="/in/", times=None)
    )
    task_id = await office.ask("send_message", recipient={"profile_id": JANE}, message="Hello")

    for _ in range(5):
        await office.runner().run_once()
        office.clock.pass_(timedelta(minutes=5))

    task = await office.task(task_id)
    assert task.error is not None
    assert (task.status, task.error.code) == (TaskStatus.FAILED, ErrorCode.ATTEMPTS_EXHAUSTED)
    assert "503" in task.error.message
