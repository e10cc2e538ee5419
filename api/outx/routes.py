"""OutX's endpoints."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from fastapi.responses import JSONResponse
from starlette.requests import Request  # noqa: TC002 - FastAPI reads this annotation

from api.auth import CallerByKey  # noqa: TC001 - FastAPI reads this annotation
from api.idempotency import carries_key, presented_key
from api.json_body import read_object
from api.outx import answers, described
from api.outx.endpoints import BY_TASK_TYPE, ENDPOINTS
from api.outx.words import CALLBACK, OUTX
from api.refusals import InvalidField, TaskNotFound
from api.routing import Router
from api.services import services
from api.webhooks.callbacks import callback_in

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from api.outx.endpoints import Endpoint

router = Router(tag="OutX", prefix=OUTX.prefix)


def _creating(endpoint: Endpoint) -> Callable[..., Awaitable[JSONResponse]]:
    async def create(request: Request, caller: CallerByKey) -> JSONResponse:
        intake = services(request).intake
        # Before the body is read: a caller without a session is told so, whatever was sent.
        intake.admit(caller, OUTX, creates=True, keyed=carries_key(request))
        key = presented_key(request)
        sent = await read_object(request)
        order = endpoint.body.read(sent).order()
        callback = await callback_in(sent, CALLBACK, targets=services(request).targets)
        submission = await intake.submit(
            caller,
            endpoint.action,
            order,
            dialect=OUTX,
            sent=sent,
            request=endpoint.body.documented(sent),
            key=key,
            callback=callback,
        )
        created = answers.created(submission.task, endpoint.message)
        return JSONResponse(created, headers=submission.headers)

    return create


# Routes are tried in their order, and this is what clients ask for most.
@router.operation("GET", "/get-task-status", described.status, summary="Ask how a task stands")
async def get_task_status(request: Request, caller: CallerByKey) -> JSONResponse:
    """Return a task of the caller's team; ask every 5 seconds until it has ended."""
    own = services(request)
    own.intake.admit(caller, OUTX, creates=False)
    presented = request.query_params.get(described.TASK_ID_PARAMETER)
    if not presented:
        raise InvalidField(described.INVALID_TASK_ID)
    view = await own.store.reports.view(_task_id(presented), team_id=caller.team_id, timeline=False)
    if view is None or view.task.task_type not in BY_TASK_TYPE:
        raise TaskNotFound
    waiting = await own.waits.of(view)
    return JSONResponse(
        answers.status(view.task, failures_as_completed=own.settings.outx_failures_as_completed),
        headers=waiting.headers if waiting is not None else None,
    )


for _endpoint in ENDPOINTS:
    router.operation(
        "POST",
        f"/{_endpoint.name}",
        partial(described.creation, _endpoint),
        name=_endpoint.function_name,
    )(_creating(_endpoint))


def _task_id(presented: str) -> str:
    try:
        return str(UUID(presented))
    except ValueError as error:
        raise TaskNotFound from error
