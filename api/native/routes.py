"""Our own endpoints."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus
from typing import TYPE_CHECKING, Annotated

from fastapi import Path
from fastapi.responses import JSONResponse
from starlette.requests import Request  # noqa: TC002 - FastAPI reads this annotation

from api.auth import CallerByKeyOrToken  # noqa: TC001 - FastAPI reads this annotation
from api.dialect import Dialect, plainly
from api.idempotency import presented_key
from api.json_body import read_object
from api.native import answers, described
from api.native.bodies import CreateTask
from api.native.queries import canonical_id, seconds_to_wait, wanted_page
from api.refusals import InvalidField, TaskNotFound
from api.routing import Router
from api.services import services
from api.webhooks.callbacks import callback_in
from storage.acceptance import Acceptance
from storage.teams import Scope

if TYPE_CHECKING:
    from storage.tasks import TaskView
    from storage.teams import Caller

NATIVE = Dialect(name="native", prefix="/tasks", word=plainly, refuses_what_must_wait=False)

router = Router(tag="Tasks", prefix=NATIVE.prefix)

_TaskId = Annotated[str, Path(description="The task's id.", json_schema_extra={"format": "uuid"})]


@router.operation("POST", "", described.creation, summary="Create a task")
async def create_task(request: Request, caller: CallerByKeyOrToken) -> JSONResponse:
    """Accept a task; it is stored durably when this is answered, and performed later.

    It is accepted as well while the account is not signed in or at a limit: it waits, and
    `GET /tasks/{id}` says what for.
    """
    intake = services(request).intake
    intake.admit(caller, NATIVE, creates=True)
    key = presented_key(request)
    sent = await read_object(request)
    wanted = CreateTask.read(sent)
    submission = await intake.submit(
        caller,
        wanted.action,
        wanted.order,
        dialect=NATIVE,
        sent=sent,
        request=sent,
        key=key,
        not_before=wanted.not_before,
        callback=await callback_in(sent, "callback_url", targets=services(request).targets),
    )
    repeated = submission.how is Acceptance.DUPLICATE
    return JSONResponse(
        answers.accepted(submission.task),
        status_code=HTTPStatus.OK if repeated else HTTPStatus.CREATED,
        headers={
            "Location": f"{request.scope.get('root_path', '')}/tasks/{submission.task.id}",
            **submission.headers,
        },
    )


@router.operation("GET", "", described.listing, summary="List tasks")
async def list_tasks(request: Request, caller: CallerByKeyOrToken) -> JSONResponse:
    """List the team's tasks, the newest first, whichever contract they were created through."""
    own = services(request)
    own.intake.admit(caller, NATIVE, creates=False)
    wanted = wanted_page(request.query_params, team_id=caller.team_id)
    if wanted.before is not None:
        await _cursor_is_known(request, wanted.before, caller)
    # One more than is shown tells whether there are more.
    found = await own.store.reports.list(replace(wanted, limit=wanted.limit + 1))
    views = [(view, await own.waits.of(view, estimated=False)) for view in found[: wanted.limit]]
    return JSONResponse(answers.page(views, more=len(found) > wanted.limit))


@router.operation(
    "GET", "/{task_id}", described.reading, summary="Ask how a task stands, or wait for its end"
)
async def get_task(request: Request, caller: CallerByKeyOrToken, task_id: _TaskId) -> JSONResponse:
    """Return a task of the team with its timeline; with `wait`, once it has ended."""
    own = services(request)
    own.intake.admit(caller, NATIVE, creates=False)
    seconds = seconds_to_wait(request.query_params)
    view = await _view(request, caller, task_id)
    if seconds and not view.task.status.is_final:
        await own.endings.before(view.task, request=request, seconds=seconds)
        view = await _view(request, caller, task_id)
    # Who may only look on is not the client that its outcome is owed to.
    if caller.scope is Scope.FULL:
        await own.store.intake.answer_given(view.task)
    return await _shown(request, view)


@router.operation("POST", "/{task_id}/cancel", described.cancelling, summary="Withdraw a task")
async def cancel_task(
    request: Request, caller: CallerByKeyOrToken, task_id: _TaskId
) -> JSONResponse:
    """Withdraw a task that has not been started."""
    own = services(request)
    own.intake.admit(caller, NATIVE, creates=True)
    await own.intake.cancel(caller, canonical_id(task_id))
    return await _shown(request, await _view(request, caller, task_id))


async def _view(request: Request, caller: Caller, task_id: str) -> TaskView:
    reports = services(request).store.reports
    view = await reports.view(canonical_id(task_id), team_id=caller.team_id)
    if view is None:
        raise TaskNotFound
    return view


async def _shown(request: Request, view: TaskView) -> JSONResponse:
    waiting = await services(request).waits.of(view)
    return JSONResponse(
        answers.shown(view, waiting), headers=waiting.headers if waiting is not None else None
    )


async def _cursor_is_known(request: Request, cursor: str, caller: Caller) -> None:
    if await services(request).store.intake.get(cursor, team_id=caller.team_id) is None:
        raise InvalidField("'cursor' must be a 'next_cursor' of an earlier answer")
