"""Reacting to messages, judged by the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from executor.sandbox import Fault
from executor.sandbox.casting import SeededMessage
from storage.tasks import ErrorCode, TaskStatus
from tests.executor.office import JANE
from tests.executor.test_mark_read import unread
from tests.executor.test_recall_message import Written, write

if TYPE_CHECKING:
    from storage.tasks import Task
    from tests.executor.office import Office

THUMB = "👍"


def line(*reactions: tuple[Any, str]) -> SeededMessage:
    return SeededMessage(sender="them", text="We won!", reactions=reactions)


async def react(
    office: Office, written: Written, emoji: str = THUMB, *, react: bool = True
) -> Task:
    return await office.perform(
        "react_to_message",
        conversation_urn=written.conversation_urn,
        message_urn=written.messages[0],
        emoji=emoji,
        react=react,
    )


async def told(office: Office) -> list[tuple[str, str | None]]:
    return [(each.kind, each.emoji) for each in await office.delivered()]


@pytest.mark.parametrize("language", ["en", "de", "ja", "ar"])
@pytest.mark.parametrize("answers", ["graphql", "normalized"])
async def test_a_reaction_is_given_once(office: Office, language: str, answers: str) -> None:
    """Below that message, and the conversation is as unread as before."""
    await office.sandbox.client.toggle(language=language, messaging_answers=answers)
    written = await write(office, line(("them", "👏")), SeededMessage(sender="them", text="So?"))
    before = await unread(office)

    task = await react(office, written)

    assert (task.status, task.error) == (TaskStatus.SUCCEEDED, None)
    assert task.output == {
        "conversation_urn": written.conversation_urn,
        "message_urn": written.messages[0],
        "emoji": THUMB,
        "react": True,
        "was_so": False,
    }
    (entry,) = await office.delivered()
    assert (entry.kind, entry.recipient, entry.emoji) == ("message_reaction", JANE, THUMB)
    assert entry.message_urn == written.messages[0]
    assert await unread(office) == before


async def test_a_reaction_is_taken_away_again(office: Office) -> None:
    """The account's own; the other side's same one stays."""
    written = await write(office, line(("me", THUMB), ("them", THUMB)))

    task = await react(office, written, react=False)

    assert (task.status, task.error) == (TaskStatus.SUCCEEDED, None)
    assert await told(office) == [("message_unreaction", THUMB)]


@pytest.mark.parametrize(
    ("reactions", "wanted"), [((("me", THUMB),), True), ((), False), ((("them", THUMB),), False)]
)
async def test_what_is_so_already_is_done_without_a_click(
    office: Office, reactions: tuple[tuple[str, str], ...], *, wanted: bool
) -> None:
    """The control would do the opposite."""
    written = await write(office, line(*reactions))

    task = await react(office, written, react=wanted)

    assert (task.status, task.submitted_at) == (TaskStatus.SUCCEEDED, None)
    assert task.output is not None
    assert task.output["was_so"] is True
    assert await office.delivered() == []


@pytest.mark.parametrize("emoji", ["❤", "❤️"])
async def test_both_spellings_of_an_emoji_mean_the_same(office: Office, emoji: str) -> None:
    """One of them only asks for the coloured form."""
    task = await react(office, await write(office, line()), emoji)

    assert (task.status, task.error) == (TaskStatus.SUCCEEDED, None)
    assert await told(office) == [("message_reaction", "❤️")]


async def test_an_emoji_that_is_not_offered_is_refused(office: Office) -> None:
    """With a code of its own, before anything was done."""
    task = await react(office, await write(office, line()), "🦑")

    assert task.error is not None
    assert (task.error.code, task.submitted_at) == (ErrorCode.REACTION_NOT_OFFERED, None)
    assert await office.delivered() == []


async def test_nobody_reacts_to_what_was_taken_back(office: Office) -> None:
    """There is nothing left of it."""
    gone = SeededMessage(sender="them", text="gone", recalled=True)

    task = await react(office, await write(office, gone))

    assert task.error is not None
    assert task.error.code is ErrorCode.REFUSED


@pytest.mark.parametrize(
    ("do", "status"),
    [
        ("drop_answer_after_delivery", TaskStatus.SUCCEEDED),
        ("drop_before_delivery", TaskStatus.UNCONFIRMED),
    ],
)
async def test_a_lost_answer_is_looked_into(office: Office, do: Any, status: TaskStatus) -> None:
    """There was no reaction before the click; that there is one after it is evidence."""
    await office.sandbox.client.arm(Fault(on="change_message", do=do))

    task = await react(office, await write(office, line()))

    assert task.status is status
    done = status is TaskStatus.SUCCEEDED
    assert [kind for kind, _ in await told(office)] == ["message_reaction"] * done
