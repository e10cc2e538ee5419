"""`tasks`: looking at tasks, waiting for them, withdrawing them."""

from __future__ import annotations

import asyncio
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.cli.output import err, fail, out, plain_failures, print_json, print_table
from api.cli.serving import DataDir  # noqa: TC001 - typer reads annotations at run time

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from storage.ports import Store
    from storage.tasks import TaskView

tasks = typer.Typer(help="Accepted requests and what became of them.", no_args_is_help=True)

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@tasks.command("list")
def list_tasks(
    *,
    status: Annotated[
        list[str] | None, typer.Option(help="Only these; may be given several times.")
    ] = None,
    task_type: Annotated[
        str | None, typer.Option("--type", help="Only this task type, such as send_message.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=500)] = 20,
    before: Annotated[
        str | None, typer.Option(help="A task's id: only what was accepted before it.")
    ] = None,
    data_dir: DataDir = None,
    json_: Json = False,
) -> None:
    """List tasks, the newest first."""
    from storage.tasks import TaskFilter, TaskStatus

    try:
        statuses = frozenset(TaskStatus(each) for each in status or ())
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--status") from error

    async def work() -> None:
        async with _store(data_dir) as store:
            if before is not None:
                await _view(store, before)  # An unknown one has nothing before it.
            views = await store.reports.list(
                TaskFilter(statuses=statuses, task_type=task_type, limit=limit, before=before)
            )
        if json_:
            print_json([_as_json(view) for view in views])
            return
        print_table(
            ("id", "type", "status", "waits for", "created", "error"),
            [
                (
                    view.task.id,
                    view.task.task_type,
                    view.task.status,
                    view.waiting_for,
                    view.task.created_at.isoformat(timespec="seconds"),
                    view.task.error.code if view.task.error else None,
                )
                for view in views
            ],
        )

    _go(work())


@tasks.command("show")
def show(task_id: str, *, data_dir: DataDir = None, json_: Json = False) -> None:
    """Show one task with its timeline."""

    async def work() -> None:
        async with _store(data_dir) as store:
            _print(await _view(store, task_id), as_json=json_)

    _go(work())


@tasks.command("cancel")
def cancel(task_id: str, *, data_dir: DataDir = None) -> None:
    """Withdraw a task that has not started."""
    from storage.errors import TransitionRefused

    async def work() -> None:
        async with _store(data_dir) as store:
            task = (await _view(store, task_id)).task
            try:
                await store.intake.cancel(task.id, team_id=task.team_id)
            except TransitionRefused as error:
                raise fail(f"The task is {task.status} and cannot be withdrawn.") from error
            err.print(f"{task.id} is cancelled.")

    _go(work())


@tasks.command("wait")
def wait(
    task_id: str,
    *,
    timeout: Annotated[float, typer.Option(help="Seconds; 0 waits for ever.", min=0)] = 0,
    data_dir: DataDir = None,
    json_: Json = False,
) -> None:
    """Wait until a task has ended; exit code 1 when it did not succeed."""
    from storage.tasks import TaskStatus

    async def work() -> None:
        async with _store(data_dir) as store:
            try:
                async with asyncio.timeout(timeout or None):
                    view = await _ended(store, task_id)
            except TimeoutError as error:
                view = await _view(store, task_id)
                waits = f", waiting for {view.waiting_for}" if view.waiting_for else ""
                raise fail(f"The task is still {view.task.status}{waits}.") from error
        _print(view, as_json=json_)
        if view.task.status is not TaskStatus.SUCCEEDED:
            raise typer.Exit(1)

    _go(work())


def _store(data_dir: Path | None) -> Any:
    from api.cli.wiring import open_store, read_settings

    return open_store(read_settings(data_dir=data_dir).storage)


async def _view(store: Store, task_id: str) -> TaskView:
    view = await store.reports.view(task_id)
    if view is None:
        raise fail("There is no task with this id.")
    return view


async def _ended(store: Store, task_id: str) -> TaskView:
    async for view in following(store, task_id):
        if view.task.status.is_final:
            return view
    raise AssertionError("a task is followed until it has ended")


async def following(store: Store, task_id: str) -> AsyncIterator[TaskView]:
    """Yield the task now and after every change of the store; the end is the caller's to see."""
    changes = store.changes()
    try:
        while True:
            yield await _view(store, task_id)
            await changes.wait()
    finally:
        await changes.close()


def _as_json(view: TaskView) -> dict[str, Any]:
    return {
        **asdict(view.task),
        "waiting_for": view.waiting_for,
        "position": view.position,
        "earliest_start": view.earliest_start,
        "kept_page": view.kept_page,
        "holds": [asdict(hold) for hold in view.holds],
        "events": [asdict(event) for event in view.events],
    }


def _print(view: TaskView, *, as_json: bool) -> None:
    from api.holds import in_words

    if as_json:
        print_json(_as_json(view))
        return
    task = view.task
    out.print(f"{task.id}  {task.task_type}  [bold]{task.status}[/bold]")
    if view.waiting_for:
        out.print(f"waits for {view.waiting_for}")
    if view.position is not None:
        out.print(f"place in the queue: {view.position}")
    if view.earliest_start:
        out.print(f"not before {view.earliest_start.isoformat(timespec='seconds')}")
    for hold in view.holds:
        out.print(in_words(hold), markup=False)
    if task.error:
        safe = "safe" if task.error.retry_safe else "NOT safe"
        out.print(f"{task.error.code}: {task.error.message} (asking again is {safe})")
    for name, value in _findings(view).items():
        out.print(f"{name}: {value}", markup=False)
    for event in view.events:
        at = event.at.isoformat(timespec="milliseconds")
        detail = dict(event.detail) or ""
        out.print(f"  {at}  {event.name:<12} {detail}", markup=False)


def _findings(view: TaskView) -> dict[str, object]:
    task = view.task
    found: dict[str, object] = {
        "output": dict(task.output or {}),
        "evidence": dict(task.evidence or {}),
        "the page that was not understood": view.kept_page,
    }
    return {name: value for name, value in found.items() if value}


def _go(work: Any) -> None:
    with plain_failures():
        asyncio.run(work)
