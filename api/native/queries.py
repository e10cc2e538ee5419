"""What clients ask for in an address."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypedDict
from uuid import UUID

from api.refusals import InvalidField, TaskNotFound
from executor.actions import BY_TASK_TYPE
from storage.tasks import TaskFilter, TaskStatus
from storage.webhooks import DeliveryState

if TYPE_CHECKING:
    from starlette.datastructures import QueryParams

LONGEST_WAIT = 60
"""Seconds that a request may wait for its task; proxies give up at about that time."""
LONGEST_STREAM = 3600
"""Seconds after which a stream ends; whoever listens goes on in another one."""
USUAL_PAGE, LONGEST_PAGE = 50, 200

_SECONDS = re.compile(r"[0-9]{1,4}(\.[0-9]{1,6})?")
_COUNT = re.compile(r"[0-9]{1,4}")


def canonical_id(presented: str) -> str:
    """Return the id in its canonical form.

    Raises:
        TaskNotFound: it is no UUID, so nobody has it.
    """
    try:
        return str(UUID(presented))
    except ValueError as error:
        raise TaskNotFound from error


def seconds_to_wait(query: QueryParams) -> float:
    """Return how long to wait for the task's end.

    Raises:
        InvalidField: it is no number of seconds, or too many.
    """
    presented = query.get("wait", "0")
    if _SECONDS.fullmatch(presented) and (seconds := float(presented)) <= LONGEST_WAIT:
        return seconds
    raise InvalidField(f"'wait' must be a number of seconds from 0 to {LONGEST_WAIT}")


def seconds_to_stream(query: QueryParams) -> int:
    """Return for how long to stream at most.

    Raises:
        InvalidField: it is no whole number of seconds, or too many.
    """
    presented = query.get("for", str(LONGEST_STREAM))
    if _COUNT.fullmatch(presented) and int(presented) <= LONGEST_STREAM:
        return int(presented)
    raise InvalidField(f"'for' must be a whole number of seconds from 0 to {LONGEST_STREAM}")


def wanted_page(query: QueryParams, *, team_id: str) -> TaskFilter:
    """Return which of the team's tasks to list, and at most how many.

    Raises:
        InvalidField: the text names the parameter.
    """
    try:
        statuses = frozenset(TaskStatus(each) for each in query.getlist("status"))
    except ValueError:
        raise InvalidField(f"'status' must be one of {', '.join(TaskStatus)}") from None
    task_type = query.get("task_type")
    if task_type is not None and task_type not in BY_TASK_TYPE:
        raise InvalidField(f"'task_type' must be one of {', '.join(BY_TASK_TYPE)}")
    return TaskFilter(
        team_id=team_id,
        statuses=statuses,
        task_type=task_type,
        limit=_limit(query),
        before=_task_id(
            query.get("cursor"), "'cursor' must be a 'next_cursor' of an earlier answer"
        ),
    )


class WantedDeliveries(TypedDict):
    """Which deliveries to list, as `TeamWebhooks.deliveries` takes it."""

    limit: int
    before: str | None
    state: DeliveryState | None
    task_id: str | None


def wanted_deliveries(query: QueryParams) -> WantedDeliveries:
    """Return which deliveries to list, and at most how many.

    Raises:
        InvalidField: the text names the parameter.
    """
    state = query.get("state")
    if state is not None and state not in set(DeliveryState):
        raise InvalidField(f"'state' must be one of {', '.join(DeliveryState)}")
    return {
        "limit": _limit(query),
        "before": query.get("cursor"),
        "state": None if state is None else DeliveryState(state),
        "task_id": _task_id(query.get("task_id"), "'task_id' must be a task's id"),
    }


def _limit(query: QueryParams) -> int:
    limit = query.get("limit", str(USUAL_PAGE))
    if not (_COUNT.fullmatch(limit) and 1 <= int(limit) <= LONGEST_PAGE):
        raise InvalidField(f"'limit' must be a whole number from 1 to {LONGEST_PAGE}")
    return int(limit)


def _task_id(presented: str | None, otherwise: str) -> str | None:
    if presented is None:
        return None
    try:
        return canonical_id(presented)
    except TaskNotFound:
        raise InvalidField(otherwise) from None
