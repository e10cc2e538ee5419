"""Answering from what the watcher has seen of an inbox, while that is fresh and nothing changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from api.connectsafely.latest import latest_success
from executor.actions import (
    Conversation,
    FetchConversations,
    FetchConversationsInput,
    MarkAllRead,
    MarkRead,
    MarkUnread,
    Place,
    WatchInbox,
)

if TYPE_CHECKING:
    from datetime import datetime

    from api.clock import Clock
    from api.connectsafely.bodies import Wanted
    from storage.ports import Store
    from storage.tasks import JsonObject, Task

_FRESH_FOR = 2
"""How many intervals between two looks one of them may be old."""
_MARKS = (MarkAllRead, MarkRead, MarkUnread)
"""What changes the list and is no write, so that no limit counts it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """An answer that a look has given already."""

    look: Task
    output: JsonObject
    """As the task that was asked for would have it."""
    age: int
    """Seconds since the look was taken up."""


class Looks:
    """What lately was seen of the accounts' inboxes."""

    def __init__(self, store: Store, *, every: timedelta | None, clock: Clock) -> None:
        self._store = store
        self._every = every
        self._clock = clock

    async def answer(self, member_id: str, wanted: Wanted) -> Known | None:
        """Return what the account's last look tells of a list of conversations.

        `None` means that LinkedIn has to be visited: nothing is watched, the look is too old or
        tells too little, or the account itself has changed something since.
        """
        order = wanted.order
        if self._every is None or not isinstance(order, FetchConversationsInput):
            return None
        look = await latest_success(self._store, member_id, WatchInbox.task_type)
        if look is None or look.output is None or look.started_at is None:
            return None
        age = self._clock() - look.started_at
        # A look of the future says that the clock was set back, and nothing of its age.
        is_fresh = timedelta(0) <= age < self._every * _FRESH_FOR
        if not is_fresh or await self._has_changed(member_id, look.started_at):
            return None
        following = look.output["next"]
        known = FetchConversations().of_known(
            order,
            [Conversation.model_validate(each) for each in look.output["conversations"]],
            None if following is None else Place.model_validate(following),
        )
        if known is None:
            return None
        output = known.model_dump(mode="json")
        return Known(look=look, output=output, age=int(age.total_seconds()))

    async def _has_changed(self, member_id: str, since: datetime) -> bool:
        """Tell whether the account has sent or marked anything then or since."""
        if await self._store.limits.charges(member_id, since=since):
            return True
        for each in _MARKS:
            marked = await latest_success(self._store, member_id, each.task_type)
            if (
                marked is not None
                and marked.finished_at is not None
                and marked.finished_at >= since
            ):
                return True
        return False
