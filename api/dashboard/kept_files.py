"""What was kept of the page on which a task failed."""

from __future__ import annotations

import asyncio
from types import MappingProxyType
from typing import TYPE_CHECKING

from fastapi import APIRouter
from starlette.requests import Request  # noqa: TC002 - FastAPI reads this annotation
from starlette.responses import FileResponse, Response

from api.dashboard.access import SignedIn  # noqa: TC001 - FastAPI reads this annotation
from api.dashboard.pages import SECURITY_HEADERS
from api.native.queries import canonical_id
from api.refusals import TaskNotFound, UnknownPath
from api.services import services

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from api.services import Services
    from storage.tasks import TaskView

router = APIRouter()

# A page of somebody else's is handed over as a file, and never shown as a page of ours.
KINDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "page.png": ("image/png", "inline"),
        "page.html": ("application/octet-stream", "attachment"),
        "trace.zip": ("application/zip", "attachment"),
        "about.json": ("application/json", "attachment"),
    }
)


async def of(own: Services, view: TaskView) -> Sequence[str]:
    """Return the names of the files that are there still."""
    folder = _folder(own, view)
    if folder is None:
        return ()
    return await asyncio.to_thread(lambda: [name for name in KINDS if _is_kept(folder, name)])


@router.get("/tasks/{task_id}/kept/{name}")
async def kept_file(request: Request, visitor: SignedIn, task_id: str, name: str) -> Response:
    """Answer with one of the files kept for a task of the visitor's team."""
    own = services(request)
    view = await own.store.reports.view(canonical_id(task_id), team_id=visitor.caller.team_id)
    if view is None:
        raise TaskNotFound
    folder = _folder(own, view)
    if name not in KINDS or folder is None or not await asyncio.to_thread(_is_kept, folder, name):
        raise UnknownPath
    media_type, disposition = KINDS[name]
    return FileResponse(
        folder / name,
        media_type=media_type,
        filename=f"{view.task.id}-{name}",
        content_disposition_type=disposition,
        headers={**SECURITY_HEADERS},
    )


def _folder(own: Services, view: TaskView) -> Path | None:
    # Not the folder that the timeline names: another machine's may be written there.
    if own.artifacts is None or view.kept_page is None:
        return None
    return own.artifacts / view.task.id


def _is_kept(folder: Path, name: str) -> bool:
    file = folder / name
    return file.is_file() and not file.is_symlink() and not folder.is_symlink()
