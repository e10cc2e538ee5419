"""Flows about the inbox; each is right when it tells what is so, and marks only what it is to."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from executor.sandbox import ids
from executor.sandbox.casting import NewMessage, NewThread, SeededFile, SeededMessage
from executor.sandbox.people import Relation
from tests.executor.office import STRANGER
from tests.matrix.flow import asked
from tests.matrix.judgement import Effect, judge, refused, wrong

if TYPE_CHECKING:
    from executor.sandbox.casting import SeededThread
    from executor.sandbox.threads import Thread
    from tests.executor.office import Office
    from tests.matrix.flow import Played
    from tests.matrix.judgement import Judgement

_JOHN = "john-doe-123"
_LINES = 25
_EMOJI = "👍"
_UNSURE = {"unknown", "seems_pending"}


async def _seed(office: Office) -> SeededThread:
    lines = tuple(
        SeededMessage(sender="them" if number % 2 else "me", text=f"line {number}")
        for number in range(_LINES)
    )
    return await office.sandbox.client.seed_thread(
        NewThread(person=_JOHN, messages=lines, unread=1)
    )


async def _mailbox(office: Office) -> list[Thread]:
    return await office.sandbox.client.threads()


async def _download(office: Office) -> Judgement:
    """Fetch the file of a message whose address was read before."""
    file = SeededFile(name="a.pdf", media_type="application/pdf", content="%PDF")
    line = SeededMessage(sender="them", text="Here", files=(file,))
    thread = await office.sandbox.client.seed_thread(NewThread(person=_JOHN, messages=(line,)))
    read = await office.read("fetch_messages", conversation_urn=thread.conversation_urn)
    if read.output is None or not read.output["messages"][0]["attachments"]:
        return refused("the address is not told")
    url = read.output["messages"][0]["attachments"][0]["url"]
    task = await office.read("download_media", url=url)
    told = {"media_type": "application/pdf", "byte_size": 4}
    return judge(task, await office.delivered(), told=told)


async def _unread(office: Office) -> set[str]:
    return {each.id for each in await _mailbox(office) if each.unread}


def _read(task_type: str, told: dict[str, Any], **asked_for: Any) -> Played:
    """Have something read about a conversation of 25 lines with somebody, which stays unread."""

    async def ask(office: Office) -> Judgement:
        thread = await _seed(office)
        before = await _unread(office)
        given = {
            name: thread.conversation_urn if value == "urn" else value
            for name, value in asked_for.items()
        }
        task = await office.read(task_type, **given)
        if await _unread(office) != before:
            return wrong("something was marked read")
        return judge(task, await office.delivered(), told=told)

    return asked(ask)


async def _conversations(office: Office) -> Judgement:
    await _seed(office)
    listed = await _mailbox(office)
    before = await _unread(office)
    owner = (await office.sandbox.client.accounts())[0].profile
    task = await office.read("fetch_conversations", count=100)
    told = [
        {
            "conversation_urn": ids.conversation_urn(owner, each.id),
            "is_read": not each.unread,
            "latest_message": {"text": each.messages[-1].text},
        }
        for each in listed
        if each.category == "PRIMARY_INBOX"
    ]
    if await _unread(office) != before:
        return wrong("something was marked read")
    return judge(task, await office.delivered(), told={"conversations": told, "next": None})


async def _watched(office: Office) -> Judgement:
    """Look what is new after a conversation was known: two messages, and a new connection."""
    thread = await _seed(office)
    first = await office.read("watch_inbox")
    if first.output is None:
        return judge(first, await office.delivered(), told={})
    client = office.sandbox.client
    for text in ("one", "two"):
        await client.add_message(NewMessage(person=_JOHN, sender="them", text=text))
    await client.set_relation(STRANGER, Relation.CONNECTED)
    before = await _unread(office)
    task = await office.read(
        "watch_inbox", since=first.output["complete_until"], invited=[STRANGER]
    )
    if await _unread(office) != before:
        return wrong("something was marked read")
    if task.output and task.output["left"]:
        return refused("left to the next look")
    news = [
        {"text": text, "conversation_urn": thread.conversation_urn, "is_own": False}
        for text in ("one", "two")
    ]
    told = {
        "messages": news,
        "accepted": [{"profile_id": STRANGER}],
        "left": [],
        "complete": True,
    }
    return judge(task, await office.delivered(), told=told)


async def _found(office: Office) -> Judgement:
    await _seed(office)
    client = office.sandbox.client
    owner, john = (await client.accounts())[0].profile, await client.person(_JOHN)
    urns = [
        ids.conversation_urn(owner, each.id)
        for each in await _mailbox(office)
        if each.person == john.id
    ]
    task = await office.read("find_conversation", person={"profile_id": john.id})
    return judge(task, await office.delivered(), told={"conversation_urns": urns})


async def _marked(office: Office) -> Judgement:
    thread = await _seed(office)
    before = await _unread(office)
    task = await office.read("mark_read", conversation_urn=thread.conversation_urn)
    left = before if task.error else before - {thread.id}
    if await _unread(office) != left:
        return wrong(f"unread: {await _unread(office)}, not {left}")
    return judge(task, await office.delivered(), told={"already_read": False})


async def _all_marked(office: Office) -> Judgement:
    await _seed(office)
    task = await office.read("mark_all_read")
    if not task.error and (left := await _unread(office)):
        return wrong(f"still unread: {left}")
    return judge(task, await office.delivered(), told={})


async def _credits(office: Office) -> Judgement:
    await office.sandbox.client.change_account(1, premium=True, sales_navigator=True)
    before = await _unread(office)
    task = await office.read("fetch_inmail_credits")
    if await _unread(office) != before:
        return wrong("something was marked read")
    told = {"has_sales_navigator": True, "credits": 150}
    return judge(task, await office.delivered(), told=told)


async def _marked_unread(office: Office) -> Judgement:
    line = SeededMessage(sender="them", text="read")
    seeded = NewThread(person=_JOHN, messages=(line,))
    thread = await office.sandbox.client.seed_thread(seeded)
    before = await _unread(office)
    task = await office.read("mark_unread", conversation_urn=thread.conversation_urn)
    left = before if task.error else before | {thread.id}
    if await _unread(office) != left:
        return wrong(f"unread: {await _unread(office)}, not {left}")
    return judge(task, await office.delivered(), told={"already_unread": False})


async def _starred(office: Office) -> Judgement:
    thread = await _seed(office)
    before = await _unread(office)
    task = await office.read("star_conversation", conversation_urn=thread.conversation_urn)
    stars = {each.id for each in await _mailbox(office) if each.starred}
    if stars != (set() if task.error else {thread.id}) or await _unread(office) != before:
        return wrong(f"starred: {stars}, unread: {await _unread(office)}")
    return judge(task, await office.delivered(), told={"starred": True, "was_so": False})


async def _on_a_message(
    office: Office, task_type: str, line: SeededMessage, effect: str, **asked_for: Any
) -> Judgement:
    """Have something done to the first of two messages, whose conversation stays unread."""
    client = office.sandbox.client
    lines = (line, SeededMessage(sender="them", text="another", at=datetime.now(UTC)))
    thread = await client.seed_thread(NewThread(person=_JOHN, messages=lines, unread=1))
    before = await _unread(office)
    owner = (await client.accounts())[0].profile
    written = next(each for each in await _mailbox(office) if each.id == thread.id)
    urns = {
        "conversation_urn": thread.conversation_urn,
        "message_urn": ids.message_urn(owner, written.messages[0].id),
    }
    task = await office.perform(task_type, **urns, **asked_for)
    if await _unread(office) != before:
        return wrong("something was marked read")
    delivered = await office.delivered()
    if any(each.message_urn != urns["message_urn"] for each in delivered):
        return wrong("it was done to another message")
    left = Effect(kind=effect, recipient=(await client.person(_JOHN)).id)
    return judge(task, delivered, effects=[left], told=urns)


async def _recalled(office: Office) -> Judgement:
    line = SeededMessage(sender="me", text="a slip", at=datetime.now(UTC))
    return await _on_a_message(office, "recall_message", line, "recall")


def reaction(*, gives: bool) -> Played:
    """Give a reaction, or take one away."""

    async def ask(office: Office) -> Judgement:
        line = SeededMessage(
            sender="them",
            text="good news",
            at=datetime.now(UTC),
            reactions=() if gives else (("me", _EMOJI),),
        )
        effect = "message_reaction" if gives else "message_unreaction"
        return await _on_a_message(
            office, "react_to_message", line, effect, emoji=_EMOJI, react=gives
        )

    return asked(ask)


async def _relationship(office: Office) -> Judgement:
    await office.sandbox.client.set_relation(STRANGER, Relation.PENDING)
    task = await office.read("fetch_relationship", person={"profile_id": STRANGER})
    if task.output and task.output["relationship"] in _UNSURE:
        return refused(task.output["relationship"])
    told = {"profile_id": STRANGER, "relationship": "pending"}
    return judge(task, await office.delivered(), told=told)


messages = _read(
    "fetch_messages",
    {
        "messages": [
            {"text": f"line {number}", "is_own": number % 2 == 0}
            for number in range(_LINES - 1, -1, -1)
        ],
        "has_more": False,
    },
    conversation_urn="urn",
)
typing = _read("show_typing", {}, conversation_urn="urn")
conversations = asked(_conversations)
found = asked(_found)
watched = asked(_watched)
marked = asked(_marked)
all_marked = asked(_all_marked)
relationship = asked(_relationship)
credits_ = asked(_credits)
unread = asked(_marked_unread)
starred = asked(_starred)
recalled = asked(_recalled)
download = asked(_download)
