"""How reading conversations has gone, answered from the store."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Annotated

from fastapi import Query
from fastapi.responses import JSONResponse
from starlette.requests import Request  # noqa: TC002 - FastAPI reads this annotation

from api.connectsafely import described
from api.connectsafely.access import CallerByToken  # noqa: TC001 - FastAPI reads this annotation
from api.connectsafely.accounts import account_of
from api.connectsafely.sync_answers import AccountSync, SyncState, SyncStatus, sync_state
from api.connectsafely.words import CONNECTSAFELY
from api.routing import Router
from api.services import services
from executor.actions import FetchConversations, WatchInbox
from storage.tasks import TaskFilter, TaskStatus

if TYPE_CHECKING:
    from storage.ports import Store
    from storage.tasks import Task

router = Router(tag="ConnectSafely", prefix=CONNECTSAFELY.prefix)

_LOOKS = (FetchConversations.task_type, WatchInbox.task_type)
_UNFINISHED = frozenset({TaskStatus.QUEUED, TaskStatus.RUNNING})
_MOST = 20
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


@router.operation(
    "GET",
    "/conversations/sync/status",
    partial(described.reading, SyncStatus, is_bare=True),
    summary="Ask how reading the conversations has gone",
)
async def get_sync_status(
    request: Request,
    caller: CallerByToken,
    account_id: Annotated[
        str | None, Query(alias="accountId", description="By default every account of the team.")
    ] = None,
) -> JSONResponse:
    """Return when conversations were last read, and what has failed since; nothing is visited."""
    store = services(request).store
    names = await store.teams.aliases(caller.team_id)
    members = await store.teams.members(caller.team_id)
    if account_id:
        account = await account_of(store, caller, account_id)
        shown = {account.member_id: account.shown_id}
    else:
        shown = {each.id: (*names.get(each.id, ()), each.id)[0] for each in members}
    accounts = [
        AccountSync(
            account_id=shown[each.id],
            account_name=each.name,
            sync_state=await _state(store, each.id),
        )
        for each in members
        if each.id in shown
    ]
    return JSONResponse(SyncStatus(accounts=accounts).model_dump(by_alias=True))


async def _state(store: Store, member_id: str) -> SyncState:
    succeeded = await _newest(store, member_id, TaskStatus.SUCCEEDED)
    last = succeeded[0] if succeeded else None
    failed = await _newest(store, member_id, TaskStatus.FAILED)
    return sync_state(
        last,
        unfinished=await _newest(store, member_id, *_UNFINISHED),
        failed=[each for each in failed if last is None or _ended(each) > _ended(last)],
    )


async def _newest(store: Store, member_id: str, *statuses: TaskStatus) -> list[Task]:
    """Return the newest looks in these states, the one that ended last coming first."""
    found = [
        view.task
        for task_type in _LOOKS
        for view in await store.reports.list(
            TaskFilter(
                member_id=member_id,
                task_type=task_type,
                statuses=frozenset(statuses),
                limit=_MOST,
            )
        )
    ]
    return sorted(found, key=_ended, reverse=True)[:_MOST]


def _ended(task: Task) -> datetime:
    return task.finished_at or _LONG_AGO
