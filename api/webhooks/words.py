"""What is said of an event."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from api.clock import iso
from api.native import answers

if TYPE_CHECKING:
    from storage.ports import Store
    from storage.webhooks import Event


async def words_of(event: Event, *, store: Store) -> bytes:
    """Return the body that is sent: of a task what `GET /tasks/{id}` answers.

    The store keeps it, since a task's timeline may have grown when it is sent again.
    """
    data = dict(event.detail)
    if event.task_id is not None:
        view = await store.reports.view(event.task_id, team_id=event.team_id)
        if view is not None:
            data = answers.shown(view, None)
    told = {"type": event.type, "timestamp": iso(event.at), "data": data}
    # ASCII: text from a page may hold half a surrogate pair, which has no UTF-8.
    return json.dumps(told, separators=(",", ":")).encode("ascii")
