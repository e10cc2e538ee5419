"""The latest success of an account's tasks of one type: what its pages have last told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage.tasks import TaskFilter, TaskStatus

if TYPE_CHECKING:
    from storage.ports import Store
    from storage.tasks import Task


async def latest_success(store: Store, member_id: str, task_type: str) -> Task | None:
    views = await store.reports.list(
        TaskFilter(
            member_id=member_id,
            task_type=task_type,
            statuses=frozenset({TaskStatus.SUCCEEDED}),
            limit=1,
        )
    )
    return views[0].task if views else None
