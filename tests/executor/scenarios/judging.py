"""How a scenario is judged: by how its task ended, and by what was really delivered."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from storage.tasks import Task
    from tests.executor.office import Office

Delivery = tuple[str, str, str | None]
"""Kind, recipient and words."""


async def judged(office: Office, task: Task) -> tuple[str, str | None, list[Delivery]]:
    """Return the task's status, its error's code, and everything that the ledger holds."""
    delivered: list[Delivery] = [
        (each.kind, each.recipient, each.text) for each in await office.delivered()
    ]
    return task.status, task.error.code if task.error else None, delivered
