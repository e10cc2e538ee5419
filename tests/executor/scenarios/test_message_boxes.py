"""Message boxes that are somewhere else, are something else, or are not what they seem."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from executor.sandbox.casting import NewThread, SeededMessage
from executor.sandbox.faults import Fault
from tests.executor.office import JANE
from tests.executor.scenarios.judging import judged

if TYPE_CHECKING:
    from tests.executor.office import Office

SENT = [("message", JANE, "Hello")]
JOHN = "john-doe-123"


@pytest.mark.scenario(16)
async def test_the_same_words_in_the_inbox_prove_nothing(office: Office) -> None:
    """Another conversation's preview shows "You: Hello" while this one's request is lost."""
    await office.sandbox.client.seed_thread(
        NewThread(person=JOHN, messages=(SeededMessage(sender="me", text="Hello"),))
    )
    await office.sandbox.client.arm(Fault(on="create_message", do="drop_before_delivery"))

    task = await office.message("Hello")

    assert await judged(office, task) == ("unconfirmed", "unconfirmed", [])


@pytest.mark.scenario(17)
async def test_a_box_in_the_overlay_is_not_written_into(office: Office) -> None:
    """The page is said to have changed, so that somebody looks at what was kept of it."""
    await office.sandbox.client.toggle(compose_opens="overlay")

    task = await office.message("Hello")

    assert await judged(office, task) == ("failed", "ui_changed", [])
    assert task.error is not None
    assert "messaging.composer" in task.error.message


@pytest.mark.scenario(18)
@pytest.mark.parametrize("lost", [False, True], ids=["answered", "lost"])
async def test_an_inmail_of_the_same_words_is_another_conversation(
    office: Office, lost: bool
) -> None:
    """A message goes into the ordinary conversation, and an older InMail is no proof of it."""
    inmail = await office.sandbox.client.seed_thread(
        NewThread(
            person=JANE,
            category="INMAIL",
            messages=(SeededMessage(sender="me", text="Hello"),),
        )
    )
    if lost:
        await office.sandbox.client.arm(Fault(on="create_message", do="drop_before_delivery"))

    task = await office.message("Hello")

    expected = ("unconfirmed", "unconfirmed", []) if lost else ("succeeded", None, SENT)
    assert await judged(office, task) == expected
    assert inmail.conversation_urn not in [e.conversation_urn for e in await office.delivered()]


@pytest.mark.scenario(19)
async def test_other_conversations_stay_unread(office: Office) -> None:
    """The bare inbox would open the newest one, and so mark it read; it is never visited."""
    client = office.sandbox.client
    unread = NewThread(
        person=JOHN, messages=(SeededMessage(sender="them", text="Are you there?"),), unread=1
    )
    john = await client.seed_thread(unread)

    task = await office.message("Hello")

    assert await judged(office, task) == ("succeeded", None, SENT)
    assert [each.unread for each in await client.threads() if each.id == john.id] == [1]
    pages = [each.path for each in await client.visits("/messaging/") if each.what == "page"]
    assert "/messaging/" not in pages


@pytest.mark.scenario(19)
@pytest.mark.drift("2026-08-09")
@pytest.mark.parametrize("lost", [False, True], ids=["answered", "lost"])
async def test_a_thread_address_that_is_broken_is_not_needed(office: Office, lost: bool) -> None:
    """Writing and looking afterwards both go by the recipient, where that works."""
    await office.sandbox.client.toggle(thread_links_fail=True)
    await office.sandbox.client.seed_thread(
        NewThread(person=JANE, messages=(SeededMessage(sender="them", text="Hi"),))
    )
    if lost:
        await office.sandbox.client.arm(Fault(on="create_message", do="drop_answer_after_delivery"))

    task = await office.message("Hello")

    assert await judged(office, task) == ("succeeded", None, SENT)


@pytest.mark.scenario(20)
@pytest.mark.parametrize("offered", ["inmail", "premium"])
async def test_an_inmail_is_no_message(office: Office, offered: str) -> None:
    """Its box takes the words and would send them, for a credit that nobody has agreed to."""
    await office.sandbox.client.change_person(JANE, messaging=offered)

    task = await office.message("Hello")

    assert await judged(office, task) == ("failed", "not_connected", [])


@pytest.mark.scenario(20)
@pytest.mark.parametrize("shown", ["say_hello", "notice", "sponsored"])
async def test_what_is_no_box_is_not_written_into(office: Office, shown: str) -> None:
    """A greeting at a click, a notice and an advert stand in its place at times."""
    await office.sandbox.client.change_person(JANE, messaging=shown)

    task = await office.message("Hello")

    assert await judged(office, task) == ("failed", "composer_unavailable", [])


@pytest.mark.scenario(27)
@pytest.mark.parametrize(("language", "at"), [("ar", "/in/"), ("de", "/messaging/")])
async def test_a_language_that_changes_on_the_way_changes_nothing(
    office: Office, language: str, at: str
) -> None:
    """The profile may speak one language, and the message box another."""
    await office.sandbox.client.arm(
        Fault(on="page", do="change_language", match=at, language=language)
    )

    task = await office.message("Hello")

    assert await judged(office, task) == ("succeeded", None, SENT)


@pytest.mark.scenario(21)
@pytest.mark.parametrize(("status", "code"), [(429, "rate_limited"), (999, "rate_limited")])
async def test_a_throttled_message_was_not_sent(office: Office, status: Any, code: str) -> None:
    """LinkedIn's 999 is as good a refusal as the standard's 429."""
    await office.sandbox.client.arm(Fault(on="create_message", do="status", status=status))

    task = await office.message("Hello")

    assert await judged(office, task) == ("failed", code, [])
