"""What LinkedIn's server agrees to do with messages and conversations that are there."""

from executor.sandbox import ids
from executor.sandbox.accounts import Account
from executor.sandbox.deeds import RefusedError
from executor.sandbox.events import (
    Event,
    MessageReactionCreated,
    MessageReactionDeleted,
    MessageRecalled,
    ThreadMarkedUnread,
    ThreadPut,
    ThreadRead,
    ThreadStarred,
)
from executor.sandbox.threads import Message, MessageReaction, Thread
from executor.sandbox.world import World

_STARRED = "STARRED"
_ARCHIVE = "ARCHIVE"


def _found(world: World, account: Account, urn: str) -> tuple[Thread, Message]:
    for thread in world.mailbox(account):
        for message in thread.messages:
            if ids.message_urn(account.profile, message.id) == urn:
                return thread, message
    raise RefusedError(404)


def recall(world: World, account: Account, urn: str) -> MessageRecalled:
    """Take a message back.

    Raises:
        RefusedError: 404 without the message, 403 for somebody else's, 400 for one that is gone.
    """
    thread, message = _found(world, account, urn)
    if message.sender != account.profile:
        raise RefusedError(403)
    if message.recalled:
        raise RefusedError(400)
    return MessageRecalled(
        account=account.id, recipient=thread.person, thread=thread.id, message=message.id
    )


def reaction(world: World, account: Account, urn: str, emoji: str) -> MessageReactionCreated:
    """Put an emoji below a message; one that is there already is put once more.

    Raises:
        RefusedError: 404 without the message, 400 without an emoji or where the message is gone.
    """
    thread, message = _found(world, account, urn)
    if not emoji or message.recalled:
        raise RefusedError(400)
    return MessageReactionCreated(
        account=account.id,
        recipient=thread.person,
        thread=thread.id,
        message=message.id,
        emoji=emoji,
    )


def unreaction(
    world: World, account: Account, urn: str, emoji: str
) -> MessageReactionDeleted | None:
    """Take the account's own emoji away; None where there is none, which is no error.

    Raises:
        RefusedError: 404 without the message.
    """
    thread, message = _found(world, account, urn)
    if MessageReaction(emoji=emoji, by=account.profile) not in message.reactions:
        return None
    return MessageReactionDeleted(
        account=account.id,
        recipient=thread.person,
        thread=thread.id,
        message=message.id,
        emoji=emoji,
    )


def thread_named(world: World, account: Account, urn: str) -> Thread | None:
    """Find a conversation of the account's own mailbox by its URN."""
    return next(
        (
            thread
            for thread in world.mailbox(account)
            if ids.conversation_urn(account.profile, thread.id) == urn
        ),
        None,
    )


def read_mark(account: Account, thread: Thread, *, read: bool) -> ThreadRead | ThreadMarkedUnread:
    """Make the mark that a conversation counts as read, or as unread."""
    kind = ThreadRead if read else ThreadMarkedUnread
    return kind(account=account.id, thread=thread.id)


def category(world: World, account: Account, urn: str, name: str, *, added: bool) -> Event:
    """Put a conversation into a category, or take it out.

    Raises:
        RefusedError: 404 without the conversation, 400 for a category that is not ours to give.
    """
    thread = thread_named(world, account, urn)
    if thread is None:
        raise RefusedError(404)
    if name == _STARRED:
        return ThreadStarred(account=account.id, thread=thread.id, starred=added)
    if name != _ARCHIVE:
        raise RefusedError(400)
    moved = thread.model_copy(update={"category": _ARCHIVE if added else "PRIMARY_INBOX"})
    return ThreadPut(account=account.id, thread=moved)
