"""A browser without its screen that signs in to the dashboard, and tasks for it to look at."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import httpx

from storage.measures import Found
from storage.tasks import NewTask

if TYPE_CHECKING:
    from pathlib import Path

    from fastapi import FastAPI

    from storage.teams import Member
    from tests.api.conftest import World

ORIGIN = "http://127.0.0.1:8000"
SECRET = "Meet me at the old mill"
KEPT = {"page.png": b"\x89PNG", "page.html": b"<script>x</script>", "about.json": b"{}"}
FOUND = [
    Found(element="profile.more", rank=0, candidate="button.newest", times=5),
    Found(element="profile.name", rank=1, candidate="main section h1:not(.hidden)", times=2),
    Found(element="invite.send", rank=None, candidate="", times=1),
]
"""What a runner may have found on LinkedIn's pages."""
_FORM_TOKEN = re.compile(r'name="form_token" value="(\w+)"')


class Visitor:
    """Somebody at the dashboard, on the machine that it runs on."""

    def __init__(self, app: FastAPI, *, client: str = "127.0.0.1", origin: str = ORIGIN) -> None:
        self.http = httpx.AsyncClient(
            transport=httpx.ASGITransport(app=app, client=(client, 4711)), base_url=origin
        )
        self._origin = origin

    async def sign_in(self, key: str, **fields: Any) -> httpx.Response:
        return await self.post("/sign-in", token=False, key=key, **fields)

    async def get(self, path: str = "", **headers: str) -> httpx.Response:
        return await self.http.get(f"/dashboard{path}", headers=_dashed(headers))

    async def post(
        self, path: str, *, token: bool = True, headers: dict[str, str] | None = None, **fields: Any
    ) -> httpx.Response:
        """Send a form, as from our own page unless *headers* say otherwise."""
        if token:
            fields = {"form_token": await self.form_token(), **fields}
        sent = {"origin": self._origin} if headers is None else headers
        return await self.http.post(f"/dashboard{path}", data=fields, headers=sent)

    async def form_token(self) -> str:
        found = _FORM_TOKEN.search((await self.get("/keys")).text)
        assert found is not None
        return found[1]


def is_sign_in(answer: httpx.Response) -> bool:
    return answer.status_code == 401 and 'name="key"' in answer.text


def shown(answer: httpx.Response) -> str:
    """Return the words of a page, without tags."""
    text = re.sub(r"</?bdi\b[^>]*>", "", answer.text)
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", text)))


async def add_task(world: World, member: Member | None = None, **changes: Any) -> str:
    values: dict[str, Any] = {
        "id": str(uuid4()),
        "team_id": (member or world.admin).team_id,
        "member_id": (member or world.admin).id,
        "dialect": "native",
        "task_type": "send_message",
        "is_write": True,
        "request": {},
        "input": {"recipient": {"profile_id": "ACoAABCDEFG", "vanity": None}, "message": SECRET},
    }
    new = NewTask(**{**values, **changes})
    await world.store.intake.add(new)
    return new.id


def keep_page(artifacts: Path, task_id: str) -> None:
    folder = artifacts / task_id
    folder.mkdir(parents=True)
    for name, content in KEPT.items():
        (folder / name).write_bytes(content)


async def kept_task(world: World, artifacts: Path, member: Member | None = None) -> str:
    """Return a task with a page that was kept, and a secret of the program's beside it."""
    notes = (("page_kept", {"folder": "/elsewhere"}),)
    task_id = await add_task(world, member, notes=notes)
    keep_page(artifacts, task_id)
    (artifacts.parent / "session.key").write_text("the key")
    return task_id


def _dashed(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}
