"""Files that tasks have fetched, as answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import Response

from api.refusals import InvalidField
from executor.actions import DownloadMedia

if TYPE_CHECKING:
    from storage.ports import Store
    from storage.tasks import Task


async def fetched_file(store: Store, task: Task, told: Response) -> Response:
    """Return the content that *task* has fetched, with the headers of what would be told of it.

    Raises:
        InvalidField: it has been given already, or is not kept any more.
    """
    output = task.output or {}
    content = await store.uploads.content(output["file_id"], member_id=task.member_id)
    if content is None:
        raise InvalidField("The file is not kept any more; ask for it again")
    kept = {
        name: value
        for name, value in told.headers.items()
        if name not in {"content-length", "content-type"}
    }
    # Whatever it is, no browser is to show it as a page of this service.
    harmless = {**kept, "Content-Disposition": "attachment"}
    return Response(content, media_type=output["media_type"], headers=harmless)


async def forget_file(store: Store, task: Task) -> None:
    """Remove what *task* has fetched, now that its client has it."""
    if task.task_type == DownloadMedia.task_type and task.output is not None:
        await store.uploads.remove(task.output["file_id"], member_id=task.member_id)
