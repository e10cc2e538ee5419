"""The messages of one conversation, read without marking it read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Any

from executor.components.mailbox import list_pieces, messages_in, sent_at_of
from executor.components.participants import asks_for_changes, conversation_asked_for
from executor.components.thread import is_from_owner, read_thread, thread_path
from executor.errors import ConversationNotFound, TimedOut
from executor.locators import messaging
from executor.mailbox import MailboxMessage, Participant, thread_id_of
from executor.person import profile_address, profile_urn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from executor.browser.tab import Tab
    from executor.components.thread import ThreadItem

_MOST_PIECES = 60
"""How often older messages are loaded for one answer, some twenty at a time."""
_PIECE = 20
"""How many messages LinkedIn brings at a time (2026-09)."""
_SURELY_LAST = 10
"""An answer with fewer messages is the last one, whatever the page does next."""
_ANSWER_SECONDS = 2.0
_OLDER_SECONDS = 3.0
_QUIET_SECONDS = 0.3
_WHEEL = 300
"""Pixels."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadMessages:
    """A part of a conversation."""

    messages: Sequence[MailboxMessage]
    """The newest first."""
    participants: Sequence[Participant]
    """Everybody of whom it is known, the account's own member included."""
    has_more: bool
    """Whether there are older ones, or may be."""
    is_late: bool
    """Whether the page did not bring older ones in time, and nothing tells that there are none."""


class _Older(Enum):
    """What becomes of older messages."""

    CAME = auto()
    NONE = auto()
    """There are none: this is where the conversation begins."""
    LATE = auto()
    """Nothing came in time, and nothing tells that there are none."""


class MessagesPage:
    """A conversation that is opened to be read.

    What LinkedIn's answers tell comes first; where they are silent, as they are about what the page
    had kept, the page itself tells text, side and, by the message's id, the time.
    """

    def __init__(self, tab: Tab, conversation_urn: str) -> None:
        self._tab = tab
        self._urn = conversation_urn
        self._heard: dict[str, MailboxMessage] = {}
        self._people: dict[str, Participant] = {}
        self._asked: set[str] = set()
        self._answered: set[str] = set()
        self._told_piece: int | None = None
        """How many messages the latest piece had by LinkedIn's answer."""
        self._shown_piece: int | None = None
        """How many it had on the page, which counts where no answer is known for one."""
        self._knows_beginning = False
        """Whether LinkedIn has told the conversation's first message."""
        self._read_of = 0
        """How many messages answers had told when it was read last."""
        self._oldest_shown: str | None = None

    async def read(
        self, *, count: int, before: int | None = None, since: int | None = None, after: int = 0
    ) -> ReadMessages:
        """Open the conversation and go back in it as far as needed.

        Args:
            count: how many messages at most, the newest of those that are wanted.
            before: only messages older than this, in milliseconds since 1970.
            since: only messages newer than this.
            after: how many of the messages that *before* leaves out to add, the oldest of them.

        Raises:
            ConversationNotFound: LinkedIn shows no such conversation to this account.
            TimedOut: it did not appear, or not as far back as the first message that is wanted.
        """
        may_go_on, is_late = True, False
        with (
            self._tab.overhearing(messaging.LOAD_MESSAGES, self._hear, ask=self._hear_question),
            self._tab.overhearing(messaging.LOAD_CONVERSATIONS, self._hear_of_people),
        ):
            await self._tab.open(thread_path(thread_id_of(self._urn)), only_read=True)
            shown = await self._tab.wait_for(
                messaging.WENT_WRONG, messaging.ITEM, messaging.COMPOSER, messaging.UNAVAILABLE
            )
            if shown is messaging.WENT_WRONG:
                raise ConversationNotFound
            if shown is None:
                raise TimedOut("The conversation did not appear.")
            for _ in range(_MOST_PIECES):
                messages = await self._read()
                wanted = _between(messages, before=before, since=since)
                is_past = since is not None and any(
                    each.sent_at is not None and each.sent_at <= since for each in messages
                )
                # One more than is wanted tells whether there are more.
                if len(wanted) > count or is_past:
                    may_go_on = False
                    break
                older = await self._load_older()
                if older is not _Older.CAME:
                    may_go_on = is_late = older is _Older.LATE
                    break
        kept = _newest(wanted, count)
        if is_late and not kept:
            # Without any, nobody could go on behind the last one.
            raise TimedOut("Older messages did not come in time.")
        newer = [each for each in messages if before is not None and (each.sent_at or 0) >= before]
        added = newer[max(0, len(newer) - after) :] if after else []
        return ReadMessages(
            messages=[self._with_name(each) for each in [*added, *kept]],
            participants=list(self._people.values()),
            has_more=len(wanted) > len(kept) or may_go_on,
            is_late=is_late,
        )

    def has_heard_of(self, message_urn: str) -> bool:
        """Tell whether LinkedIn's answers have told of a message, and not the page alone."""
        return message_urn in self._heard

    def _hear_question(self, url: str) -> None:
        if self._is_own(url):
            self._asked.add(url)

    def _hear(self, url: str, answer: dict[str, Any]) -> None:
        heard = messages_in(answer, self._urn) if self._is_own(url) else None
        if heard is None:
            return
        self._answered.add(url)
        self._heard |= {each.message_urn: each for each in heard}
        if not asks_for_changes(url):
            self._told_piece = len(heard)
            self._knows_beginning = self._knows_beginning or len(heard) < _SURELY_LAST

    def _is_own(self, url: str) -> bool:
        asked = conversation_asked_for(url)
        return asked is not None and thread_id_of(asked) == thread_id_of(self._urn)

    def _hear_of_people(self, _url: str, answer: dict[str, Any]) -> None:
        for piece in list_pieces(answer):
            for conversation in piece.conversations:
                if conversation.thread_id == thread_id_of(self._urn):
                    self._people |= {
                        each.profile_id: each
                        for each in conversation.participants
                        if each.profile_id
                    }

    async def _read(self) -> list[MailboxMessage]:
        """Return what is known by now, the newest first."""
        await self._tab.settle(_QUIET_SECONDS)
        await self._tab.wait_until(self._is_all_heard, seconds=_ANSWER_SECONDS)
        items = await read_thread(self._tab.whole)
        for item in items:
            if item.sender and item.sender_id.startswith("ACoA"):
                self._people.setdefault(item.sender_id, _somebody(item))
        urns = [item.urn for item in items]
        known_before = urns.index(self._oldest_shown) if self._oldest_shown in urns else len(urns)
        self._shown_piece = known_before or self._shown_piece
        self._oldest_shown = urns[0] if urns else None
        self._read_of = len(self._heard)
        shown = [self._shown(item) for item in items if item.is_stored]
        known = {each.message_urn: each for each in shown} | self._heard
        return sorted(known.values(), key=_order, reverse=True)

    async def _is_all_heard(self) -> bool:
        items = await read_thread(self._tab.whole)
        return all(item.urn in self._heard for item in items if item.is_stored)

    def _shown(self, item: ThreadItem) -> MailboxMessage:
        return MailboxMessage(
            message_urn=item.urn,
            backend_urn=None,
            conversation_urn=self._urn,
            text=item.text,
            subject=None,
            sent_at=sent_at_of(item.urn),
            is_own=is_from_owner(item),
            sender=None,
            attachments=[],
            reactions=[],
        )

    def _with_name(self, message: MailboxMessage) -> MailboxMessage:
        """Return the message with all that is known of its sender, whom answers may only name."""
        sender = message.sender
        known = self._people.get(sender.profile_id or "") if sender is not None else None
        if known is None or (sender is not None and sender.name):
            return message
        return message.model_copy(update={"sender": known})

    async def _load_older(self) -> _Older:
        """Bring the oldest message into view, which makes the page load the ones before it."""
        if not self._knows_beginning and not await self._has_older():
            oldest = await self._tab.whole.find(messaging.OLDEST_EVENT)
            if oldest is not None:
                await oldest.wheel(-_WHEEL)
            await self._tab.wait_until(self._has_news, seconds=_OLDER_SECONDS)
        # Before the last look, so that nothing which comes between the two is left out.
        is_whole = self._knows_beginning or self._asks_no_more()
        if await self._has_older():
            return _Older.CAME
        return _Older.NONE if is_whole else _Older.LATE

    async def _has_news(self) -> bool:
        return self._knows_beginning or await self._has_older()

    async def _has_older(self) -> bool:
        """Tell whether there are messages that were not there when it was read last."""
        if len(self._heard) > self._read_of:
            return True
        items = await read_thread(self._tab.whole)
        return bool(items) and items[0].urn != self._oldest_shown

    def _asks_no_more(self) -> bool:
        """Tell whether the page, at its top, has got all that it asked for, less than a piece."""
        piece = self._shown_piece if self._told_piece is None else self._told_piece
        return piece is not None and piece < _PIECE and self._asked <= self._answered


def _order(message: MailboxMessage) -> tuple[int, str]:
    return message.sent_at or 0, message.message_urn


def _between(
    messages: Sequence[MailboxMessage], *, before: int | None, since: int | None
) -> list[MailboxMessage]:
    return [
        each
        for each in messages
        if (before is None or (each.sent_at or 0) < before)
        and (since is None or (each.sent_at or 0) > since)
    ]


def _newest(wanted: Sequence[MailboxMessage], count: int) -> list[MailboxMessage]:
    """Cut behind *count*, but never between messages of the same moment, by which one goes on."""
    kept = list(wanted[:count])
    for each in wanted[count:]:
        if each.sent_at != kept[-1].sent_at:
            break
        kept.append(each)
    return kept


def _somebody(item: ThreadItem) -> Participant:
    """Return what the page tells of a message's sender."""
    return Participant(
        participant_urn=None,
        backend_urn=None,
        profile_urn=profile_urn(item.sender_id),
        profile_id=item.sender_id,
        name=item.sender,
        headline=None,
        profile_url=profile_address(item.sender_id),
        picture_url=None,
        distance=None,
        badge=None,
    )
