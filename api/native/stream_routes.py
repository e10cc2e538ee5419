"""Endpoints that tell what happens to tasks while somebody listens."""

from __future__ import annotations

from http import HTTPStatus
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import Path
from fastapi.sse import EventSourceResponse
from starlette.requests import Request  # noqa: TC002 - FastAPI reads this annotation
from starlette.responses import Response, StreamingResponse

from api.auth import CallerByKeyOrToken  # noqa: TC001 - FastAPI reads this annotation
from api.native.described import query, refusals
from api.native.queries import LONGEST_STREAM, canonical_id, seconds_to_stream
from api.native.routes import NATIVE
from api.native.streams import status_of
from api.refusals import InvalidField, TaskNotFound, TooManyStreams
from api.routing import Router
from api.services import services

if TYPE_CHECKING:
    from collections.abc import Mapping

    from storage.teams import Caller

router = Router(tag="Tasks", prefix=NATIVE.prefix)

_TaskId = Annotated[str, Path(description="The task's id.", json_schema_extra={"format": "uuid"})]
_LAST_ID = "Last-Event-ID"
_PARAMETERS: list[dict[str, Any]] = [
    query(
        "for",
        {"type": "integer", "minimum": 0, "maximum": LONGEST_STREAM, "default": LONGEST_STREAM},
        "Seconds after which the stream ends at the latest; 0: once what there is was told.",
    ),
    {
        "name": _LAST_ID,
        "in": "header",
        "required": False,
        "schema": {"type": "string"},
        "description": "The id of the last event that was seen; the stream goes on behind it.",
    },
]
_EVENT: Mapping[str, Any] = MappingProxyType(
    {
        "type": "object",
        "properties": {name: {"type": "string"} for name in ("id", "event", "data")},
        "required": ["id", "event", "data"],
    }
)
_STREAM: Mapping[str, Any] = MappingProxyType(
    {
        "description": (
            "Server-sent events: `event` is the name of a line of a task's timeline, `data` is "
            "JSON with `task_id`, `task_type`, `at`, `name` and `detail`."
        ),
        "content": {"text/event-stream": {"schema": dict(_EVENT)}},
    }
)


def _listening_to_all() -> dict[str, Any]:
    return _described(refusals(InvalidField, TooManyStreams))


def _listening_to_one() -> dict[str, Any]:
    ended = "The task has ended, and nothing has happened since `Last-Event-ID`."
    return _described(
        {
            HTTPStatus.NO_CONTENT.value: {"description": ended},
            **refusals(InvalidField, TaskNotFound, TooManyStreams),
        }
    )


def _described(otherwise: dict[int | str, dict[str, Any]]) -> dict[str, Any]:
    return {
        "response_class": StreamingResponse,
        "responses": {HTTPStatus.OK.value: dict(_STREAM), **otherwise},
        "openapi_extra": {"parameters": _PARAMETERS},
    }


@router.operation("GET", "/events", _listening_to_all, summary="Listen to the team's tasks")
async def listen_to_tasks(request: Request, caller: CallerByKeyOrToken) -> Response:
    """Tell what happens to the team's tasks from now on, or since `Last-Event-ID`."""
    return await _stream(request, caller, None)


@router.operation(
    "GET", "/{task_id}/events", _listening_to_one, summary="Listen to a task until it has ended"
)
async def listen_to_task(
    request: Request, caller: CallerByKeyOrToken, task_id: _TaskId
) -> Response:
    """Tell a task's timeline from its beginning, or since `Last-Event-ID`, until its end."""
    return await _stream(request, caller, canonical_id(task_id))


async def _stream(request: Request, caller: Caller, task_id: str | None) -> Response:
    own = services(request)
    own.intake.admit(caller, NATIVE, creates=False)
    seconds = seconds_to_stream(request.query_params)
    followed = await own.streams.begin(
        team_id=caller.team_id, last_id=request.headers.get(_LAST_ID), task_id=task_id
    )
    status = await status_of(own.store, followed)
    if status == HTTPStatus.NO_CONTENT:
        return Response(status_code=status)
    return EventSourceResponse(
        own.streams.events(followed, seconds=seconds),
        # Proxies pass it on as it comes.
        headers={"X-Accel-Buffering": "no"},
    )
