"""Who may look at an account's live view, and who may not."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from api.dashboard import live_view
from storage.teams import Role, Scope
from tests.api.dashboard.looking import LookedAt, connect
from tests.api.dashboard.visiting import Visitor

if TYPE_CHECKING:
    from tests.api.conftest import World

TOKEN = {"news": "over", "why": "token"}
PICTURE = [b"a picture"]

Deed = Callable[["Guest"], Awaitable[None]]


class Guest:
    """Somebody at the dashboard who wants to look."""

    def __init__(self, visitor: Visitor, world: World) -> None:
        self.visitor = visitor
        self.world = world

    @property
    def views(self) -> LookedAt:
        views = self.visitor.http._transport.app.state.services.live_views  # type: ignore[attr-defined]  # of ASGITransport
        assert isinstance(views, LookedAt)
        return views

    async def token(self, account_id: str | None = None) -> str:
        """Press the button, and return what the page is opened with."""
        account_id = account_id or self.world.admin.id
        answer = await self.visitor.post(f"/accounts/{account_id}/live")
        assert answer.status_code == 303, answer.text
        found = re.search(r"/live\?once=([\w-]+)$", answer.headers["location"])
        assert found is not None
        return found[1]

    async def look(self, token: str, account_id: str | None = None, **changed: Any) -> list[Any]:
        cookie = "; ".join(f"{name}={value}" for name, value in self.visitor.http.cookies.items())
        app = self.visitor.http._transport.app  # type: ignore[attr-defined]  # of ASGITransport
        return await connect(
            app,
            account_id or self.world.admin.id,
            {"once": token},
            **{"cookie": cookie, **changed},
        )


@pytest.fixture
def guest(visitor: Visitor, world: World) -> Guest:
    return Guest(visitor, world)


async def test_a_token_is_good_once(guest: Guest) -> None:
    """Whoever finds the address later sees nothing."""
    token = await guest.token()

    assert await guest.look(token) == PICTURE
    assert await guest.look(token) == [TOKEN]


async def test_a_token_is_good_for_a_minute(guest: Guest) -> None:
    """It is for the page that opens at once."""
    token = await guest.token()
    guest.world.clock.advance(timedelta(seconds=60))

    assert await guest.look(token) == [TOKEN]


async def test_a_token_is_good_for_one_account(guest: Guest) -> None:
    """Not for a colleague's, and it stays good for its own."""
    bob = await guest.world.store.teams.add_member(
        guest.world.team.id, name="Bob", role=Role.MEMBER
    )
    token = await guest.token()

    assert await guest.look(token, bob.id) == [TOKEN]
    assert await guest.look("invented") == [TOKEN]
    assert await guest.look(token) == PICTURE


@pytest.mark.parametrize(
    "changed",
    [
        {"cookie": ""},
        {"cookie": "linkedin_executor_dashboard=invented"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": None},
    ],
)
async def test_a_token_alone_opens_nothing(guest: Guest, changed: dict[str, Any]) -> None:
    """Without the dashboard's cookie, or from another site's page, nobody is let in."""
    token = await guest.token()

    assert await guest.look(token, **changed) == ["refused"]
    assert await guest.look(token) == PICTURE


async def test_other_teams_and_read_only_keys_are_not_let_in(guest: Guest) -> None:
    """Neither to the page's button, nor to the picture, even with a token that is good."""
    _, their_key = await guest.world.another_team()
    reading = await guest.world.new_key(scope=Scope.READ)
    token = await guest.token()
    page = f"/accounts/{guest.world.admin.id}/live"
    app = guest.visitor.http._transport.app  # type: ignore[attr-defined]  # of ASGITransport

    for key, status in ((their_key, 404), (reading, 403)):
        other = Visitor(app)
        async with other.http:
            await other.sign_in(key)
            assert (await other.post(page)).status_code == status
            assert await Guest(other, guest.world).look(token) == ["refused"]

    assert await guest.look(token) == PICTURE


async def test_who_looks_is_told_apart_by_their_sign_in(guest: Guest) -> None:
    """So that a reloaded page takes over from itself, and from nobody else."""
    await guest.look(await guest.token())
    await guest.look(await guest.token())

    assert len(set(guest.views.by)) == 1


async def sign_out(guest: Guest) -> None:
    assert (await guest.visitor.post("/sign-out")).status_code == 303


async def revoke_the_key(guest: Guest) -> None:
    for key in await guest.world.store.keys.list(guest.world.team.id):
        await guest.world.store.keys.revoke(key.id)


async def stay_away(guest: Guest) -> None:
    guest.world.clock.advance(guest.world.settings.dashboard_signed_in_for)


@pytest.mark.parametrize("lose_the_right", [sign_out, revoke_the_key, stay_away])
async def test_an_open_view_ends_with_the_sign_in_to_the_dashboard(
    guest: Guest,
    monkeypatch: pytest.MonkeyPatch,
    lose_the_right: Deed,
) -> None:
    """By whatever way it ends: the view is closed, and its page is told why."""
    monkeypatch.setattr(live_view, "_LOOK_AGAIN_S", 0.01)
    guest.views.stay_open = True
    looking = asyncio.ensure_future(guest.look(await guest.token()))
    async with asyncio.timeout(20):
        await guest.views.seen.wait()
    assert guest.views.ended == []

    await lose_the_right(guest)

    assert await looking == [*PICTURE, {"news": "over", "why": "signed_out"}]
    assert guest.views.ended == ["signed_out"]
