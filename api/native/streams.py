"""Timelines as server-sent events, for as long as somebody listens."""

from __future__ import annotations

import asyncio
import json
import re
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from fastapi.sse import KEEPALIVE_COMMENT, format_sse_event

from api.clock import iso
from api.refusals import InvalidField, TaskNotFound, TooManyStreams
from storage.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from storage.ports import Changes, Store
    from storage.tasks import TimelineLine

STREAMS_MAX = 100
"""How many may be open at a time: each looks at the store when anything is committed."""
_BEAT_S = 15.0
_PAUSE_S = 0.05
"""Between two looks, so that what is committed together is told together."""
_ID = re.compile(r"([0-9a-f-]{36})\.([0-9]{1,9})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """What a stream tells."""

    team_id: str
    after: int
    task_id: str | None = None
    """`None`: all of the team's tasks."""


class Streams:
    """Open streams; the end of the server is the end of them."""

    def __init__(self, store: Store, *, beat: float = _BEAT_S) -> None:
        self._store = store
        self._beat = beat
        self._open = 0
        self._closed = asyncio.Event()

    async def begin(
        self, *, team_id: str, last_id: str | None, task_id: str | None = None
    ) -> Followed:
        """Return where a stream begins.

        Without *last_id* a task is told from its acceptance, and a team's tasks from now on.

        Raises:
            InvalidField: *last_id* is of no line that there is in what is asked for.
            TooManyStreams: there are as many as there may be.
        """
        if self._open >= STREAMS_MAX:
            raise TooManyStreams
        reports = self._store.reports
        if last_id is None:
            after = 0 if task_id is not None else await reports.timeline_end()
            return Followed(team_id=team_id, after=after, task_id=task_id)
        found = _ID.fullmatch(last_id)
        place = None
        if found and task_id in {None, found[1]}:
            place = await reports.timeline_place(found[1], int(found[2]), team_id=team_id)
        if place is None:
            raise InvalidField("'Last-Event-ID' must be the id of an earlier event of this stream")
        return Followed(team_id=team_id, after=place, task_id=task_id)

    async def events(self, followed: Followed, *, seconds: float) -> AsyncIterator[bytes]:
        """Yield the stream's text until its time is over, its task has ended, or the server stops.

        A store that cannot be read ends it as well: whoever listens comes back to where it was.
        """
        self._open += 1
        changes = self._store.changes()
        try:
            async for text in self._texts(followed, changes, seconds):
                yield text
        except StoreError:
            return
        finally:
            self._open -= 1
            await changes.close()

    def close(self) -> None:
        self._closed.set()

    async def _texts(
        self, followed: Followed, changes: Changes, seconds: float
    ) -> AsyncIterator[bytes]:
        now = asyncio.get_running_loop().time
        deadline, after = now() + seconds, followed.after
        changed: asyncio.Future[Any] = asyncio.ensure_future(changes.wait())
        closed: asyncio.Future[Any] = asyncio.ensure_future(self._closed.wait())
        try:
            while True:
                # Before its timeline is read: the end of a task is in it by then.
                is_over = await self._is_over(followed)
                part = await self._store.reports.timeline(
                    team_id=followed.team_id, after=after, task_id=followed.task_id
                )
                after = part.up_to
                for line in part.lines:
                    yield _text(line)
                if is_over:
                    return
                while not part.more and not changed.done():
                    left = deadline - now()
                    if closed.done() or left <= 0:
                        return
                    await asyncio.wait(
                        {changed, closed},
                        timeout=min(left, self._beat),
                        return_when=asyncio.FIRST_COMPLETED,
                    )
                    if not changed.done() and not closed.done() and now() < deadline:
                        yield KEEPALIVE_COMMENT
                if changed.done():
                    changed.result()
                    changed = asyncio.ensure_future(changes.wait())
                    await asyncio.sleep(_PAUSE_S)
        finally:
            changed.cancel()
            closed.cancel()
            await asyncio.gather(changed, closed, return_exceptions=True)

    async def _is_over(self, followed: Followed) -> bool:
        if followed.task_id is None:
            return False
        task = await self._store.intake.get(followed.task_id, team_id=followed.team_id)
        return task is None or task.status.is_final


async def status_of(store: Store, followed: Followed) -> int:
    """Return with which status a stream is answered.

    204 ends it for good: an `EventSource` whose task has ended, and who knows all of it, would come
    back again and again.

    Raises:
        TaskNotFound: the team has no such task.
    """
    if followed.task_id is None:
        return HTTPStatus.OK
    task = await store.intake.get(followed.task_id, team_id=followed.team_id)
    if task is None:
        raise TaskNotFound
    if not task.status.is_final:
        return HTTPStatus.OK
    part = await store.reports.timeline(
        team_id=followed.team_id, after=followed.after, task_id=followed.task_id
    )
    return HTTPStatus.OK if part.lines else HTTPStatus.NO_CONTENT


def _text(line: TimelineLine) -> bytes:
    event = line.event
    data = {
        "task_id": event.task_id,
        "task_type": line.task_type,
        "at": iso(event.at),
        "name": event.name,
        "detail": dict(event.detail),
    }
    return format_sse_event(
        event=event.name, id=f"{event.task_id}.{line.number}", data_str=json.dumps(data)
    )
