"""What Sales Navigator's server agrees to send, and how it refuses."""

import uuid
from datetime import UTC, datetime
from typing import Literal

from executor.sandbox import ids
from executor.sandbox.accounts import Account
from executor.sandbox.deeds import INMAIL, MESSAGE, SUBJECT, RefusedError
from executor.sandbox.events import MessageDelivered
from executor.sandbox.people import Person, Relation
from executor.sandbox.threads import Thread
from executor.sandbox.world import World

INVALID = "MESSAGE_VALIDATION_PLUGIN_ERROR"
"""Its code for a message that it does not take."""


def takes_reply(world: World, account: Account, thread: Thread) -> bool:
    """Tell whether the account may write into a conversation: after an answer, or if connected."""
    person = world.people[thread.person]
    connected = world.tie(account, person).relation is Relation.CONNECTED
    answered = any(each.sender == person.id for each in thread.messages)
    return not person.gone and (connected or answered)


def terms(
    world: World, account: Account, person: Person
) -> Literal["plain", "free", "credit"] | None:
    """Tell how a conversation with *person* is begun: `plain` without a subject; None for not."""
    if person.gone or person.id == account.profile or person.messaging == "inmail_refused":
        return None
    if world.tie(account, person).relation is Relation.CONNECTED:
        return "plain"
    return "free" if person.open_profile or person.messaging == "inmail_free" else "credit"


def lead_in(world: World, named: str) -> Person | None:
    """Find whom an address or a URN means, by Sales Navigator's id or by LinkedIn's own."""
    wanted = named.partition("(")[2] or named
    wanted = wanted.partition(",")[0]
    known = (each for each in world.people.values())
    return next((p for p in known if wanted in (p.id, ids.sales_profile_id(p.id))), None)


def beginning(
    world: World, account: Account, recipients: list[str], text: str, *, subject: str | None
) -> MessageDelivered:
    """Check a message that begins a conversation, and make the delivery that is to be recorded.

    Raises:
        RefusedError: 400 for what it does not take, 403 without a credit for it.
    """
    person = lead_in(world, recipients[0]) if len(recipients) == 1 else None
    asked = terms(world, account, person) if person is not None else None
    if person is None or asked is None:
        raise RefusedError(400, INVALID)
    needs_subject = asked != "plain"
    longest = INMAIL if needs_subject else MESSAGE
    fits = bool(text.strip()) and len(text) <= longest
    if not fits or bool(subject) is not needs_subject or len(subject or "") > SUBJECT:
        raise RefusedError(400, INVALID)
    if asked == "credit" and world.limits(account).inmail_credits < 1:
        raise RefusedError(403)
    now = datetime.now(UTC)
    return MessageDelivered(
        at=now,
        account=account.id,
        recipient=person.id,
        thread=ids.thread_id(str(uuid.uuid4())),
        message=ids.message_id(int(now.timestamp() * 1000), str(uuid.uuid4())),
        text=text,
        subject=subject,
        credits=1 if asked == "credit" else 0,
        sales=True,
    )


def reply(world: World, account: Account, thread_id: str, text: str) -> MessageDelivered:
    """Check a message into a conversation, and make the delivery that is to be recorded.

    Raises:
        RefusedError: 404 without the conversation, 400 for what it does not take.
    """
    thread = world.thread(account, thread_id, sales=True)
    if thread is None:
        raise RefusedError(404)
    if not text.strip() or len(text) > MESSAGE or not takes_reply(world, account, thread):
        raise RefusedError(400, INVALID)
    now = datetime.now(UTC)
    return MessageDelivered(
        at=now,
        account=account.id,
        recipient=thread.person,
        thread=thread.id,
        message=ids.message_id(int(now.timestamp() * 1000), str(uuid.uuid4())),
        text=text,
        sales=True,
    )
