"""What the browser lets out while a task changes a conversation's marks, or a message."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from executor.components.message_requests import star_problem, unread_problem
from executor.errors import RecipientMismatch, UiChanged
from executor.locators import conversation_deeds
from executor.pages.conversation_marks import UnreadMark
from executor.pages.message_reaction import MessageReaction
from executor.pages.thread_message import ThreadMessage
from executor.sandbox.casting import NewThread, SeededMessage
from tests.executor.office import JANE
from tests.executor.test_recall_message import write, write_lately

if TYPE_CHECKING:
    from playwright.async_api import Page, Route

    from executor.browser.account_browser import AccountBrowser
    from executor.sandbox.threads import Thread
    from storage.tasks import JsonObject
    from tests.executor.office import Office

JOHN = "john-doe-123"
CONVERSATIONS = "voyagerMessagingDashMessengerConversations"


async def ask(page: Page, path: str, body: dict[str, Any]) -> str:
    """Send LinkedIn's own request from inside the page, as a page gone wrong would."""
    answer: str = await page.evaluate(
        """([path, body]) => fetch("/voyager/api/" + path, {
          method: "POST",
          headers: {"csrf-token": document.cookie.match(/ajax:[^";]+/)?.[0] ?? ""},
          body: JSON.stringify(body),
        }).then((a) => "answered " + a.status, () => "failed")""",
        [path, body],
    )
    return answer


async def seed(office: Office, person: str, *, unread: int = 0) -> str:
    line = SeededMessage(sender="them", text="Hello")
    seeded = await office.sandbox.client.seed_thread(
        NewThread(person=person, messages=(line,), unread=unread)
    )
    assert seeded.conversation_urn is not None
    return seeded.conversation_urn


def mark(page: Page, urn: str, *, read: bool) -> Any:
    body = {"entities": {urn: {"patch": {"$set": {"read": read}}}}}
    return partial(ask, page, f"{CONVERSATIONS}?ids=List({urn})", body)


def star(page: Page, urn: str, category: str = "STARRED") -> Any:
    body = {"conversationUrns": [urn], "category": category}
    return partial(ask, page, f"{CONVERSATIONS}?action=addCategory", body)


async def thread(office: Office, urn: str) -> Thread:
    threads = await office.sandbox.client.threads()
    return next(each for each in threads if each.id in urn)


@pytest.mark.parametrize("wrong", ["conversation", "category"])
async def test_a_click_that_stars_something_else_changes_nothing(
    office: Office, account: AccountBrowser, page: Page, wrong: str
) -> None:
    """As when LinkedIn moves its controls; the sandbox would really do it."""
    wanted, other = await seed(office, JANE), await seed(office, JOHN)
    await account.tab.open("/messaging/compose/", only_read=True)
    click = star(page, other) if wrong == "conversation" else star(page, wanted, "ARCHIVE")

    with pytest.raises(RecipientMismatch):
        await account.tab.change(
            conversation_deeds.MARK_CONVERSATION,
            check=partial(star_problem, conversation_urn=wanted, starred=True),
            click=click,
        )

    assert (await thread(office, other)).starred is False
    assert (await thread(office, wanted)).category == "PRIMARY_INBOX"


async def test_an_expected_change_leaves_once_and_no_other(
    office: Office, account: AccountBrowser, page: Page
) -> None:
    """Also where it goes by the same address as what a page that is only read keeps to itself."""
    wanted, other = await seed(office, JANE), await seed(office, JOHN)
    unread = await seed(office, JANE, unread=2)
    await account.tab.open("/messaging/compose/", only_read=True)
    answers: list[str] = []

    async def click() -> None:
        answers.append(await mark(page, unread, read=True)())
        answers.append(await mark(page, other, read=False)())
        answers.append(await mark(page, wanted, read=False)())
        answers.append(await mark(page, wanted, read=False)())

    answer = await account.tab.change(
        conversation_deeds.MARK_CONVERSATION,
        check=partial(unread_problem, conversation_urn=wanted),
        click=click,
    )
    answers.append(await mark(page, wanted, read=False)())

    assert answers == ["failed", "failed", "answered 200", "failed", "failed"]
    assert answer is not None
    assert [(await thread(office, urn)).unread for urn in (wanted, other, unread)] == [1, 0, 2]


@pytest.mark.parametrize("action", ["recall", "reactWithEmoji", "unreactWithEmoji"])
async def test_nothing_is_done_to_a_message_that_no_task_asks_for(
    office: Office, account: AccountBrowser, page: Page, action: str
) -> None:
    """The sandbox would really do it; the guard stops the request."""
    written = await write_lately(office)
    await account.tab.open("/messaging/compose/")

    answer = await ask(
        page,
        f"voyagerMessagingDashMessengerMessages?action={action}",
        {"messageUrn": written.messages[1], "emoji": "👍"},
    )

    assert answer == "failed"
    assert await office.delivered() == []


class Noted:
    """An attempt that commits nowhere."""

    def __init__(self) -> None:
        self.baseline: JsonObject = {}

    async def submitting(self, baseline: JsonObject) -> None:
        self.baseline = baseline

    async def leaving(self, marks: JsonObject) -> None:
        """Take no marks down."""


@pytest.mark.parametrize("reacted", [True, False])
@pytest.mark.parametrize("wanted", [True, False])
async def test_where_linkedin_does_not_tell_the_pages_own_request_does(
    office: Office, account: AccountBrowser, *, reacted: bool, wanted: bool
) -> None:
    """What would undo a reaction, or give one, stays in the browser, and says what is so."""
    reactions = (("them", "👍"), *((("me", "👍"),) if reacted else ()))
    line = SeededMessage.model_validate({"sender": "them", "text": "Hello", "reactions": reactions})
    written = await write(office, line)
    found = await ThreadMessage.open(account.tab, written.conversation_urn, written.messages[0])
    reaction = MessageReaction(replace(found, is_told=False), "👍")
    attempt = Noted()

    evidence = await reaction.change(gives=wanted, attempt=attempt)

    kind = "message_reaction" if wanted else "message_unreaction"
    assert attempt.baseline == {"given": None}
    assert evidence["method"] == ("page" if reacted is wanted else "network")
    assert [each.kind for each in await office.delivered()] == [kind] * (reacted is not wanted)


async def test_rows_in_another_order_than_the_list_are_not_trusted(
    office: Office, account: AccountBrowser, page: Page
) -> None:
    """They have no ids, so that nothing else would tell whose they are."""
    wanted = await seed(office, JANE)

    async def reverse(route: Route) -> None:
        answer = await route.fetch()
        text = (await answer.text()).replace("this.list.append(row)", "this.list.prepend(row)")
        await route.fulfill(response=answer, body=text)

    await page.route("**/static/*.js*", reverse)

    with pytest.raises(UiChanged):
        await UnreadMark(account.tab, wanted).make()

    assert (await thread(office, wanted)).unread == 0
