"""What Sales Navigator's server agrees to send, and how it refuses."""

import uuid
from datetime import UTC, datetime

from executor.sandbox import ids
from executor.sandbox.accounts import Account
from executor.sandbox.deeds import MESSAGE, RefusedError
from executor.sandbox.events import MessageDelivered
from executor.sandbox.people import Relation
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
