"""The messages that a conversation shows, and what they prove."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from executor.components.profile_ids import named_in, profile_ids_in
from executor.locators import messaging

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from collections.abc import Set as AbstractSet

    from executor.browser.part import Part
    from executor.components.messages import Messages
    from executor.locators.element import Element
    from storage.tasks import JsonObject

_REMEMBERED = 40
"""How many of the newest message ids a baseline holds; a page shows about 20 at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadItem:
    """One message as the page shows it."""

    urn: str
    from_other: bool
    text: str
    sent: bool
    """Whether LinkedIn's mark for a message that it has taken stands beside it."""
    sender: str = ""
    """The name over its group, where the group's first message is shown."""
    sender_id: str = ""
    """Id or vanity in the link over its group."""

    @property
    def is_stored(self) -> bool:
        """Whether LinkedIn's server has given it an id; until then it is only a placeholder."""
        return re.fullmatch(messaging.SERVER_MESSAGE_URN, self.urn) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """A message that is proven to be the one that a task has sent."""

    urn: str
    conversation_urn: str | None
    """`None` when nothing that was overheard tells."""
    by: str
    """What proves it: `origin_token` or `landmark`."""


async def read_thread(page: Part, item: Element = messaging.ITEM) -> list[ThreadItem]:
    """Read the messages that are below this part of a page, oldest first."""
    items: list[dict[str, Any]] = await page.run(
        "thread_items",
        {
            "item": ", ".join(page.selectors(item)),
            "fromOther": messaging.ITEM_FROM_OTHER,
            "body": messaging.ITEM_BODY,
            "quote": messaging.ITEM_QUOTE,
            "sent": messaging.ITEM_SENT,
            "sender": messaging.ITEM_SENDER,
            "senderLink": messaging.ITEM_SENDER_LINK,
        },
    )
    return [
        ThreadItem(
            urn=each["urn"],
            from_other=each["fromOther"],
            text=each["text"],
            sent=each["sent"],
            sender=each["sender"],
            sender_id=named_in(each["senderHref"]),
        )
        for each in items
    ]


def is_from_owner(item: ThreadItem) -> bool | None:
    """Tell whether the account has written a message; `None` when the page does not prove it.

    LinkedIn marks only the other side's messages (2026-09-20), and lines of the conversation itself
    ("X named the conversation") bear no mark either: a message is the account's own only where
    LinkedIn's mark for what it has taken, or the id of its sender, says so.
    """
    owners = profile_ids_in(item.urn)
    by_id = item.sender_id.startswith("ACoA") and bool(owners)
    is_owners = by_id and item.sender_id in owners
    if item.from_other:
        return None if item.sent or is_owners else False
    if by_id and not is_owners:
        return None
    return True if item.sent or is_owners else None


def baseline_of(items: Sequence[ThreadItem], text: str, *, thread_id: str | None) -> JsonObject:
    """Note what was there before the click, so that a later reading can tell what is new.

    Returns:
        `thread_id` (or `None` for a new conversation), `own_identical` (how many own messages
        with this text there were), `last_urn` and `urns` (ids of the newest messages).
    """
    stored = [item.urn for item in items if item.is_stored]
    return {
        "thread_id": thread_id,
        "own_identical": sum(_is_own(item, text) for item in items),
        "last_urn": stored[-1] if stored else None,
        "urns": stored[-_REMEMBERED:],
    }


def delivery_in(
    items: Sequence[ThreadItem], messages: Messages, text: str, baseline: JsonObject
) -> Delivery | None:
    """Return the delivery of what was sent after this baseline, if anything here proves it.

    Args:
        messages: what LinkedIn's server has told of messages.
        baseline: what `baseline_of` returned, the `origin_token` of the request, if one left, and
            `files`, the names of what went with the message, if anything did.
    """
    token = baseline.get("origin_token")
    if token is not None and (by_token := messages.sent_as(token)):
        return Delivery(
            urn=by_token.urn, conversation_urn=by_token.conversation_urn, by="origin_token"
        )
    # The account's person may have sent the same words from a phone; those have another token, and
    # may have come with other files or none.
    others = {
        item.urn
        for item in items
        if (token is not None and _has_another_token(item, messages, token))
        or not _may_hold(item, messages, baseline.get("files", ()))
    }
    found = new_own_message(items, text, baseline, apart_from=others)
    if found is None:
        return None
    known = messages.get(found.urn)
    return Delivery(
        urn=found.urn, conversation_urn=known.conversation_urn if known else None, by="landmark"
    )


def new_own_message(
    items: Iterable[ThreadItem],
    text: str,
    baseline: JsonObject,
    *,
    apart_from: AbstractSet[str] = frozenset(),
) -> ThreadItem | None:
    """Return the own, stored message with this text that came after what the baseline knows.

    Earlier identical messages, the other side's, and placeholders are no evidence. Histories load
    in pieces, so only what stands behind the baseline's last message counts as new; a baseline
    that knows of none proves nothing.

    Args:
        apart_from: urns of messages that are known to be something else.
    """
    shown = list(items)
    last = [number for number, item in enumerate(shown) if item.urn == baseline["last_urn"]]
    if not last:
        return None
    known = {*baseline["urns"], *apart_from}
    for item in reversed(shown[last[-1] + 1 :]):
        if item.is_stored and item.urn not in known and _is_own(item, text):
            return item
    return None


def thread_path(thread_id: str) -> str:
    """Return a conversation's own address."""
    return f"/messaging/thread/{quote(thread_id, safe='=')}/"


def thread_id_in(path: str) -> str | None:
    """Return the conversation that an address's path leads to."""
    found = re.match(messaging.THREAD_PATH, path)
    return found["thread_id"] if found else None


def same_words(one: str, other: str) -> bool:
    """Compare texts apart from white space, which pages fold and pad as they please."""
    return one.split() == other.split()


def _is_own(item: ThreadItem, text: str) -> bool:
    return is_from_owner(item) is True and same_words(item.text, text)


def _has_another_token(item: ThreadItem, messages: Messages, token: str) -> bool:
    known = messages.get(item.urn)
    return known is not None and known.origin_token not in {None, token}


def _may_hold(item: ThreadItem, messages: Messages, names: Sequence[str]) -> bool:
    """Tell whether a message may have come with these files; pictures are shown without a name."""
    known = messages.get(item.urn)
    if known is None or known.files is None:
        return not names
    told = [name for name in known.files if name is not None]
    return len(known.files) == len(names) and not Counter(told) - Counter(names)
