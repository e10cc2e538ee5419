"""The pages about tasks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from fastapi import APIRouter
from starlette.requests import Request  # noqa: TC002 - FastAPI reads this annotation
from starlette.responses import Response  # noqa: TC002 - FastAPI reads this annotation

from api.dashboard import kept_files, shown_values
from api.dashboard.access import (
    DASHBOARD,
    SignedIn,
    read_own_form,
)
from api.dashboard.pages import show
from api.dashboard.sign_in import redirect
from api.native.queries import canonical_id
from api.refusals import InvalidField, TaskNotFound
from api.services import services
from executor.actions import BY_TASK_TYPE
from storage.tasks import TaskFilter, TaskStatus

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from api.services import Services
    from api.waiting import Waiting
    from storage.tasks import Task, TaskView
    from storage.teams import Member

router = APIRouter()

PAGE = 50
_LONGEST_SEARCH = 200
_SHOWN = "shown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Whom:
    """The person or the thing that a task is about."""

    name: str
    """For whom the account has not seen: the id."""
    vanity: str | None = None
    """Beside a name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A task as lists show it."""

    task: Task
    whom: Whom | None
    waiting: Waiting | None


@router.get("/tasks")
async def list_page(request: Request, visitor: SignedIn) -> Response:
    """List the team's tasks, by state, type, account, and whom they are about."""
    own = services(request)
    team_id = visitor.caller.team_id
    sought = request.query_params.get("q", "").strip()[:_LONGEST_SEARCH]
    if found := await _by_id(own, sought, team_id=team_id):
        return redirect(request, f"tasks/{found.id}")
    wanted = _wanted(request, team_id=team_id, sought=sought)
    if wanted.before is not None:
        before = await own.store.intake.get(wanted.before, team_id=team_id)
        if before is None:
            raise InvalidField("This page of the list does not exist.")
    views = await own.store.reports.list(replace(wanted, limit=PAGE + 1))
    rows = await rows_of(own, views[:PAGE])
    query = {
        name: value
        for name in ("state", "type", "account")
        if (value := request.query_params.get(name))
    } | ({"q": sought} if sought else {})
    older = {**query, "before": rows[-1].task.id} if len(views) > PAGE else None
    return show(
        request.scope,
        "tasks.html",
        visitor=visitor,
        section="tasks",
        rows=rows,
        members=await names_of(own, team_id),
        query={"state": "", "type": "", "account": "", "q": "", **query},
        states=list(TaskStatus),
        types=sorted(BY_TASK_TYPE),
        is_filtered=bool(query),
        newest=f"?{urlencode(query)}" if wanted.before else None,
        older=f"?{urlencode(older)}" if older else None,
    )


@router.get("/tasks/{task_id}")
async def task_page(request: Request, visitor: SignedIn, task_id: str) -> Response:
    """Show one task; its texts only with `?texts=shown`."""
    own = services(request)
    view = await _view(own, task_id, team_id=visitor.caller.team_id)
    task = view.task
    with_texts = request.query_params.get("texts") == _SHOWN
    parts = {
        name: value
        for name, value in (
            ("Input", task.input),
            ("Output", task.output),
            ("Evidence", task.evidence),
        )
        if value
    }
    needs_look = task.status is TaskStatus.UNCONFIRMED
    return show(
        request.scope,
        "task.html",
        visitor=visitor,
        section="tasks",
        view=view,
        task=task,
        whom=await whom_of(own, task),
        member=await own.store.teams.member(task.member_id),
        waiting=await own.waits.of(view),
        told=(await own.webhooks_of(task.team_id).deliveries(task_id=task.id, limit=PAGE))[0],
        parts_of_task={
            name: shown_values.as_text(value, with_texts=with_texts)
            for name, value in parts.items()
        },
        with_texts=with_texts,
        has_texts=any(map(shown_values.has_texts, parts.values())),
        kept=await kept_files.of(own, view),
        needs_look=needs_look,
        reviewed=needs_look and await own.store.reports.is_reviewed(task.id),
        can_cancel=visitor.may_write and task.status is TaskStatus.QUEUED,
    )


@router.post("/tasks/{task_id}/cancel")
async def cancel(request: Request, visitor: SignedIn, task_id: str) -> Response:
    """Withdraw a task that has not been started."""
    own = services(request)
    own.intake.admit(visitor.caller, DASHBOARD, creates=True)
    await read_own_form(request, visitor)
    await own.intake.cancel(visitor.caller, canonical_id(task_id))
    return redirect(request, f"tasks/{canonical_id(task_id)}")


@router.post("/tasks/{task_id}/review")
async def review(request: Request, visitor: SignedIn, task_id: str) -> Response:
    """Take an unconfirmed task off the list of what needs a look."""
    own = services(request)
    visitor.require_write()
    await read_own_form(request, visitor)
    view = await _view(own, task_id, team_id=visitor.caller.team_id)
    await own.store.intake.review(view.task.id, team_id=visitor.caller.team_id)
    return redirect(request, f"tasks/{view.task.id}")


async def rows_of(own: Services, views: Sequence[TaskView]) -> list[Row]:
    """Return tasks as lists show them; only those with a place in the queue have an estimate."""
    return [
        Row(
            task=view.task,
            whom=await whom_of(own, view.task),
            waiting=await own.waits.of(view, estimated=view.position is not None),
        )
        for view in views
    ]


async def names_of(own: Services, team_id: str) -> Mapping[str, str]:
    members: Sequence[Member] = await own.store.teams.members(team_id)
    return {member.id: member.name for member in members}


async def whom_of(own: Services, task: Task) -> Whom | None:
    """Return whom a task is about, by name where the account has seen it."""
    ids = shown_values.whom(task.input)
    if not ids:
        thing = shown_values.what(task.input)
        return Whom(name=thing) if thing else None
    known = None
    if "profile_id" in ids:
        known = await own.store.people.by_profile_id(task.member_id, ids["profile_id"])
    if known is None and "vanity" in ids:
        known = await own.store.people.by_vanity(task.member_id, ids["vanity"])
    if known is None:
        return Whom(name=ids.get("vanity") or ids["profile_id"])
    return Whom(name=known.name, vanity=known.vanity)


async def _by_id(own: Services, sought: str, *, team_id: str) -> Task | None:
    try:
        return await own.store.intake.get(canonical_id(sought), team_id=team_id)
    except TaskNotFound:
        return None


async def _view(own: Services, task_id: str, *, team_id: str) -> TaskView:
    view = await own.store.reports.view(canonical_id(task_id), team_id=team_id)
    if view is None:
        raise TaskNotFound
    return view


def _wanted(request: Request, *, team_id: str, sought: str) -> TaskFilter:
    """Return which tasks to list; what is no filter filters nothing away."""
    query = request.query_params
    states = frozenset({query["state"]} & set(TaskStatus)) if "state" in query else frozenset()
    before = query.get("before")
    return TaskFilter(
        team_id=team_id,
        statuses=frozenset(TaskStatus(each) for each in states),
        task_type=query.get("type") if query.get("type") in BY_TASK_TYPE else None,
        member_id=query.get("account") or None,
        about=sought or None,
        before=None if before is None else _cursor(before),
    )


def _cursor(presented: str) -> str:
    try:
        return canonical_id(presented)
    except TaskNotFound:
        raise InvalidField("This page of the list does not exist.") from None
