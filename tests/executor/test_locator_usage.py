"""What has found the elements of LinkedIn's pages, for the dashboard and the measures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from executor.locators import invite, message_deeds, profile
from storage.tasks import ErrorCode, TaskStatus
from tests.executor.test_react_to_message import line
from tests.executor.test_recall_message import write

if TYPE_CHECKING:
    from executor.locators.element import Element
    from storage.measures import Found
    from tests.executor.office import Office


async def counted(office: Office, element: Element) -> list[Found]:
    return [each for each in await office.store.measures.locators() if each.element == element.name]


@pytest.mark.parametrize("language", ["en", "ja"])
async def test_what_did_not_come_is_counted_as_missing(office: Office, language: str) -> None:
    """Also where it is only waited for: a changed page is seen before anybody complains."""
    await office.sandbox.client.toggle(invite_dialog_missing=True, language=language)

    task = await office.invite()

    assert task.error is not None
    assert task.error.code is ErrorCode.UI_CHANGED
    assert task.error.message == f"{invite.DIALOG.name} is missing from the page."
    assert [each.rank for each in await counted(office, invite.DIALOG)] == [None]


async def test_what_is_made_for_one_message_is_counted_in_the_same_words_for_all(
    office: Office,
) -> None:
    """Else a row of its own would stay of each, and tell other teams what it was made for."""
    written = await write(office, line(), line())
    for urn in written.messages:
        task = await office.perform(
            "react_to_message",
            conversation_urn=written.conversation_urn,
            message_urn=urn,
            emoji="👍",
            react=True,
        )
        assert task.status is TaskStatus.SUCCEEDED

    made = await counted(office, message_deeds.message(written.messages[0]))
    assert [each.candidate for each in made] == ["made anew each time, number 1"]


async def test_what_is_only_waited_for_is_counted_as_found(office: Office) -> None:
    """With the candidate that has found it, as for everything that is looked for."""
    await office.message("Hello")

    found = await counted(office, profile.CONTROLS_READY)

    assert found
    known = {each.css for each in profile.CONTROLS_READY.candidates}
    assert {each.candidate for each in found} <= known
    assert all(each.rank is not None for each in found)
