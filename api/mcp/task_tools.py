"""Tools about tasks that exist already, whichever contract they were created through."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, TypeVar
from uuid import UUID

from mcp_types import ToolAnnotations
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from api.action_input import field_refused, refuse_unknown
from api.mcp.answers import FoundTask, ListedTask, TaskList, error_of, reason, refused, standing
from api.mcp.tool import ARGUMENTS, Tool, input_schema_of, output_schema_of
from api.refusals import InvalidField, TaskEnded, TaskNotFound, TaskStarted
from executor.actions import BY_TASK_TYPE
from executor.models import Documented
from storage.errors import TransitionRefused
from storage.tasks import TaskFilter, TaskStatus
from storage.teams import Scope

if TYPE_CHECKING:
    from api.mcp.answers import ToolAnswer
    from api.mcp.tool import Asked
    from api.refusals import Refusal
    from storage.tasks import TaskView

_LONGEST_WAIT = 60
"""Seconds; many clients give up after a minute."""
_USUAL_PAGE, _LONGEST_PAGE = 20, 100

ArgumentsT = TypeVar("ArgumentsT", bound=BaseModel)


class _Arguments(Documented):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class _OneTask(_Arguments):
    task_id: UUID
    """The task's id, from an earlier answer."""


class _OneTaskInTime(_OneTask):
    wait_seconds: Annotated[float, Field(ge=0, le=_LONGEST_WAIT)] = 0
    """How long to wait for its end; 0 answers at once."""


class _SomeTasks(_Arguments):
    status: TaskStatus | None = None
    """Only tasks with this status."""
    task_type: str | None = None
    """Only tasks of this type, such as `send_message`."""
    limit: Annotated[int, Field(ge=1, le=_LONGEST_PAGE)] = _USUAL_PAGE
    """How many at most."""
    cursor: UUID | None = None
    """The `next_cursor` of an earlier answer, to go on behind it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _TaskTool(Tool):
    """A tool that stays within this service."""

    name: str
    title: str
    description: str
    needs: Scope
    arguments: type[BaseModel]
    answer: ClassVar[type[ToolAnswer]] = FoundTask

    def input_schema(self) -> dict[str, Any]:
        return input_schema_of(self.arguments)

    def output_schema(self) -> dict[str, Any]:
        return output_schema_of(self.answer)

    def annotations(self) -> ToolAnnotations:
        is_read = self.needs is Scope.READ
        return ToolAnnotations(
            read_only_hint=is_read,
            destructive_hint=not is_read,
            idempotent_hint=True,
            open_world_hint=False,
        )

    def refused(self, refusal: Refusal, request_id: str) -> ToolAnswer:
        return FoundTask(**refused(refusal, request_id), status="refused")


class GetTask(_TaskTool):
    """How a task stands."""

    async def call(self, asked: Asked) -> FoundTask:
        wanted = _read(_OneTaskInTime, asked)
        view = await _view(asked, wanted.task_id)
        if wanted.wait_seconds and not view.task.status.is_final:
            await asked.ended(view.task, seconds=wanted.wait_seconds)
            view = await _view(asked, wanted.task_id)
        # Who may only look on is not the client that its outcome is owed to.
        if asked.caller.scope is Scope.FULL:
            await asked.own.store.intake.answer_given(view.task)
        return await _found(asked, view)


class CancelTask(_TaskTool):
    """Withdrawing a task."""

    async def call(self, asked: Asked) -> FoundTask:
        task_id = _read(_OneTask, asked).task_id
        try:
            cancelled = await asked.own.store.intake.cancel(
                str(task_id), team_id=asked.caller.team_id
            )
        except TransitionRefused as error:
            status = (await _view(asked, task_id)).task.status
            if status.is_final:
                raise TaskEnded(f"The task has ended: it is {status}.") from error
            raise TaskStarted from error
        if cancelled is None:
            raise TaskNotFound
        return await _found(asked, await _view(asked, task_id))


class ListTasks(_TaskTool):
    """The team's tasks."""

    answer = TaskList

    async def call(self, asked: Asked) -> TaskList:
        sent = _read(_SomeTasks, asked)
        if sent.task_type is not None and sent.task_type not in BY_TASK_TYPE:
            raise InvalidField(f"'{ARGUMENTS}.task_type' is no type of task")
        own, team_id = asked.own, asked.caller.team_id
        before = None if sent.cursor is None else str(sent.cursor)
        if before is not None and await own.store.intake.get(before, team_id=team_id) is None:
            raise InvalidField(f"'{ARGUMENTS}.cursor' must be a next_cursor of an earlier answer")
        wanted = TaskFilter(
            team_id=team_id,
            statuses=frozenset() if sent.status is None else frozenset({sent.status}),
            task_type=sent.task_type,
            limit=sent.limit,
            before=before,
        )
        # One more than is shown tells whether there are more.
        found = await own.store.reports.list(replace(wanted, limit=sent.limit + 1))
        shown = found[: sent.limit]
        return TaskList(
            advice=f"Tasks found: {len(shown)}.",
            retry_safe=True,
            tasks=[await _listed(asked, view) for view in shown],
            next_cursor=shown[-1].task.id if len(found) > sent.limit else None,
        )

    def refused(self, refusal: Refusal, request_id: str) -> TaskList:
        return TaskList(**refused(refusal, request_id))


GET_TASK = GetTask(
    name="get_task",
    title="How a task stands",
    description=(
        "Tell how a task of the team stands: its status, why it waits, what it has read or done, "
        "or why it failed. With wait_seconds it is answered once the task has ended, or when the "
        "time is over. Nothing is changed."
    ),
    needs=Scope.READ,
    arguments=_OneTaskInTime,
)
LIST_TASKS = ListTasks(
    name="list_tasks",
    title="The team's tasks",
    description=(
        "List the team's tasks, the newest first, through whatever they were asked for: what was "
        "asked for, how each stands, and why those that failed did. get_task has the output of "
        "one. Nothing is changed."
    ),
    needs=Scope.READ,
    arguments=_SomeTasks,
)
CANCEL_TASK = CancelTask(
    name="cancel_task",
    title="Withdraw a task",
    description=(
        "Withdraw a task that has not been started; what it would have done is then not done. One "
        "that has been started or has ended is refused, and stays as it is."
    ),
    needs=Scope.FULL,
    arguments=_OneTask,
)


def _read(model: type[ArgumentsT], asked: Asked) -> ArgumentsT:
    refuse_unknown(asked.arguments, model.model_fields, whole=ARGUMENTS)
    try:
        return model.model_validate(asked.arguments)
    except ValidationError as error:
        raise field_refused(error, whole=ARGUMENTS) from None


async def _view(asked: Asked, task_id: UUID) -> TaskView:
    view = await asked.own.store.reports.view(str(task_id), team_id=asked.caller.team_id)
    if view is None:
        raise TaskNotFound
    return view


async def _found(asked: Asked, view: TaskView) -> FoundTask:
    waiting = await asked.own.waits.of(view)
    # Whether it came with a key is not known; the guard finds it as long as it has not succeeded.
    repeats_safely = asked.own.settings.content_guard and view.task.output is None
    return FoundTask(
        **standing(view.task, waiting, repeats_safely=repeats_safely),
        created_at=view.task.created_at,
        finished_at=view.task.finished_at,
        input=dict(view.task.input),
    )


async def _listed(asked: Asked, view: TaskView) -> ListedTask:
    task = view.task
    return ListedTask(
        task_id=task.id,
        task_type=task.task_type,
        status=task.status,
        created_at=task.created_at,
        finished_at=task.finished_at,
        waits_for=reason(await asked.own.waits.of(view, estimated=False)),
        error=error_of(task.error),
        input=dict(task.input),
    )
