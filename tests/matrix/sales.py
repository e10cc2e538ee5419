"""Flows in Sales Navigator's inbox; each is right when it tells what is so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.executor import sales
from tests.executor.office import STRANGER
from tests.matrix.flow import asked
from tests.matrix.judgement import Effect, judge, wrong
from tests.matrix.writes import TEXT

if TYPE_CHECKING:
    from tests.executor.office import Office
    from tests.matrix.flow import Played
    from tests.matrix.judgement import Judgement

_LINES = 23
SUBJECT = "Lanterns"


def _read(task_type: str, told: dict[str, Any], **asked_for: Any) -> Played:
    """Have something read about a conversation of 23 lines, which stays unread."""

    async def ask(office: Office) -> Judgement:
        await sales.with_seat(office)
        thread = await sales.seed(office, _LINES)
        given = {name: thread if value == "thread" else value for name, value in asked_for.items()}
        task = await office.read(task_type, **given)
        if await sales.unread(office) != {thread} or await sales.marks(office):
            return wrong("something was marked read")
        return judge(task, await office.delivered(), told=told)

    return asked(ask)


async def _answer(office: Office) -> Judgement:
    await sales.with_seat(office)
    thread = await sales.seed(office)
    task = await office.perform("send_sales_message", thread_id=thread, message=TEXT)
    ledger = await office.delivered()
    if any(each.sales_thread != thread for each in ledger):
        return wrong("it went into another conversation")
    recipient = (await office.sandbox.client.person(sales.JOHN)).id
    sent = Effect(kind="message", recipient=recipient, text=TEXT)
    told = {"thread_id": thread, "message_id": ledger[0].message_urn if ledger else None}
    return judge(task, ledger, effects=[sent], told=told)


async def _inmail(office: Office) -> Judgement:
    await sales.with_seat(office)
    task = await office.perform(
        "send_sales_inmail", recipient={"profile_id": STRANGER}, subject=SUBJECT, message=TEXT
    )
    ledger = await office.delivered()
    if any(each.subject != SUBJECT or each.sales_thread is None for each in ledger):
        return wrong("it is no InMail of Sales Navigator")
    sent = Effect(kind="message", recipient=STRANGER, text=TEXT)
    told = {"message_id": ledger[0].message_urn if ledger else None, "credits_left": 149}
    return judge(task, ledger, effects=[sent], told=told)


async def _marked(office: Office) -> Judgement:
    await sales.with_seat(office)
    await sales.fill(office, 3)
    before = await sales.unread(office)
    thread = await sales.seed(office)
    task = await office.read("mark_sales_thread_read", thread_id=thread)
    left = before | {thread} if task.error else before
    if await sales.unread(office) != left:
        return wrong(f"unread: {await sales.unread(office)}, not {left}")
    return judge(task, await office.delivered(), told={"already_read": False})


marked = asked(_marked)
answer = asked(_answer)
inmail = asked(_inmail)
threads = _read(
    "fetch_sales_threads",
    {
        "threads": [{"unread_count": 1, "latest_message": {"text": f"message {_LINES - 1}"}}],
        "next": None,
    },
)
thread = _read(
    "fetch_sales_thread",
    {
        "messages": [
            {"text": f"message {number}", "is_own": number % 2 == 0}
            for number in range(_LINES - 1, -1, -1)
        ],
        "has_more": False,
    },
    thread_id="thread",
    count=50,
)
