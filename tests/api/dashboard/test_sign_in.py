"""Who gets in to the dashboard, for how long, and what a form has to prove."""

from __future__ import annotations

from contextlib import asynccontextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from structlog.testing import capture_logs

from tests.api.dashboard.visiting import ORIGIN, Visitor, is_sign_in, shown

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.api.conftest import World

COOKIE = "linkedin_executor_dashboard"
PAGES = ["", "/tasks", "/accounts", "/keys", "/tasks/550e8400-e29b-41d4-a716-446655440000"]


@asynccontextmanager
async def visiting(world: World, *, sign_in: bool = True, **changed: Any) -> AsyncIterator[Visitor]:
    visitor = Visitor(world.app(**changed))
    async with visitor.http:
        if sign_in:
            assert (await visitor.sign_in(world.key)).status_code == 303
        yield visitor


@pytest.mark.parametrize("path", PAGES)
async def test_nobody_sees_a_page_without_signing_in(world: World, path: str) -> None:
    """Every page asks for a key, and tells nothing of the team."""
    async with visiting(world, sign_in=False) as visitor:
        answer = await visitor.get(path)

    assert is_sign_in(answer)
    assert "Ada" not in answer.text


async def test_a_key_opens_the_page_that_was_asked_for(world: World) -> None:
    """After signing in a person is where they wanted to be."""
    async with visiting(world, sign_in=False) as visitor:
        asked = await visitor.get("/tasks?state=failed&type=like_post")
        answer = await visitor.sign_in(world.key, wanted="tasks?state=failed&type=like_post")
        overview = await visitor.get()

    assert 'name="wanted" value="tasks?state=failed&amp;type=like_post"' in asked.text
    assert answer.headers["location"] == "/dashboard/tasks?state=failed&type=like_post"
    assert overview.status_code == 200


@pytest.mark.parametrize(
    "wanted",
    [
        "//evil.example",
        "https://evil.example",
        "../docs",
        "\\evil",
        "tasks\r\nX: y",
        "x" * 501,
        "/",
    ],
)
async def test_signing_in_leads_to_no_other_site(world: World, wanted: str) -> None:
    """What does not look like a page of ours is left out."""
    async with visiting(world, sign_in=False) as visitor:
        answer = await visitor.sign_in(world.key, wanted=wanted)

    assert answer.headers["location"] == "/dashboard"


async def test_the_cookie_is_for_the_dashboard_alone(world: World) -> None:
    """Scripts cannot read it, other sites' forms do not send it, and the API never gets it."""
    async with visiting(world, sign_in=False) as visitor:
        answer = await visitor.sign_in(world.key)

    cookie = answer.headers["set-cookie"]
    assert cookie.startswith(f"{COOKIE}=")
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Path=/dashboard" in cookie
    assert "Secure" not in cookie
    assert world.key not in cookie


async def test_the_cookie_is_secure_where_the_connection_is(world: World) -> None:
    """Over HTTPS it is never sent without it."""
    visitor = Visitor(world.app(), origin="https://127.0.0.1:8000")
    async with visitor.http:
        answer = await visitor.sign_in(world.key)

    assert "Secure" in answer.headers["set-cookie"]


async def test_a_cookie_is_worth_nothing_in_the_api(world: World) -> None:
    """The dashboard's cookie opens no endpoint, and a key's header no page."""
    async with visiting(world) as visitor:
        token = visitor.http.cookies[COOKIE]
        visitor.http.cookies.clear()
        by_cookie = await visitor.http.get("/tasks", headers={"cookie": f"{COOKIE}={token}"})
        by_key = await visitor.get(x_api_key=world.key, Authorization=f"Bearer {world.key}")

    assert by_cookie.status_code == 401
    assert is_sign_in(by_key)


@pytest.mark.parametrize("key", ["", "lx_nobody", "<script>alert(1)</script>", "\x00\U0001f469"])
async def test_a_wrong_key_is_not_shown_again(world: World, key: str) -> None:
    """The form says that it is none, and holds nothing of what was typed."""
    async with visiting(world, sign_in=False) as visitor:
        answer = await visitor.sign_in(key)

    assert is_sign_in(answer)
    assert "No valid key has this text." in answer.text
    assert not key or key not in answer.text
    assert "set-cookie" not in answer.headers


async def test_a_sign_in_ends_when_nothing_is_done(world: World) -> None:
    """What the page asks for by itself does not count as somebody being there."""
    async with visiting(world, dashboard_idle_for=timedelta(hours=1)) as visitor:
        for _ in range(3):
            world.clock.advance(timedelta(minutes=40))
            busy = await visitor.get()
        for _ in range(3):
            world.clock.advance(timedelta(minutes=25))
            last = await visitor.get(x_live="1")

    assert busy.status_code == 200
    assert is_sign_in(last)


async def test_what_a_page_asks_for_by_itself_fills_no_log(world: World) -> None:
    """Only of somebody who is signed in: nobody else may hide a request so."""
    with capture_logs() as lines:
        async with visiting(world) as visitor:
            await visitor.get()
            await visitor.get(x_live="1")
        async with visiting(world, sign_in=False) as stranger:
            await stranger.get(x_live="1")

    levels = [line["log_level"] for line in lines if line["event"] == "request_answered"]
    assert levels == ["info", "info", "debug", "info"]


async def test_a_sign_in_ends_however_busy_it_is(world: World) -> None:
    """A day is a day."""
    async with visiting(world, dashboard_signed_in_for=timedelta(days=1)) as visitor:
        answers = []
        for _ in range(4):
            answers.append(await visitor.get())
            world.clock.advance(timedelta(hours=8))

    assert [answer.status_code for answer in answers] == [200, 200, 200, 401]


async def test_signing_out_ends_it_on_the_server(world: World) -> None:
    """A cookie that somebody has kept is worth nothing any more."""
    async with visiting(world) as visitor:
        token = visitor.http.cookies[COOKIE]
        answer = await visitor.post("/sign-out")
        again = await visitor.get(cookie=f"{COOKIE}={token}")

    assert answer.status_code == 303
    assert "Max-Age=0" in answer.headers["set-cookie"]
    assert is_sign_in(again)


async def test_signing_in_anew_ends_the_sign_in_before(world: World) -> None:
    """A browser has one at a time."""
    async with visiting(world) as visitor:
        token = visitor.http.cookies[COOKIE]
        await visitor.sign_in(world.key)
        fresh = await visitor.get()
        visitor.http.cookies.clear()
        old = await visitor.get(cookie=f"{COOKIE}={token}")

    assert fresh.status_code == 200
    assert is_sign_in(old)


async def test_revoking_the_key_ends_its_sign_ins(world: World) -> None:
    """Also when it is revoked elsewhere."""
    async with visiting(world) as visitor:
        [key] = await world.store.keys.list(world.team.id)
        await world.store.keys.revoke(key.id)
        answer = await visitor.get("/tasks")

    assert is_sign_in(answer)


@pytest.mark.parametrize("path", ["/sign-out", "/keys", "/tasks/x/cancel", "/tasks/x/review"])
async def test_a_form_needs_its_token(world: World, path: str) -> None:
    """A form without it, or with another visitor's, changes nothing."""
    async with visiting(world) as visitor, visiting(world) as other:
        foreign = await other.form_token()
        tokens: list[dict[str, Any]] = [
            {},
            {"form_token": ""},
            {"form_token": foreign},
            {"form_token": "é"},
        ]
        answers = [
            await visitor.post(path, token=False, name="x", scope="full", **more) for more in tokens
        ]
        still = await visitor.get()

    assert {answer.status_code for answer in answers} == {403}
    assert "The form was not sent from the dashboard" in shown(answers[0])
    assert still.status_code == 200
    assert len(await world.store.keys.list(world.team.id)) == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:8001"},
        {"sec-fetch-site": "cross-site", "origin": ORIGIN},
        {"sec-fetch-site": "same-site"},
    ],
)
async def test_a_form_from_another_site_is_refused(world: World, headers: dict[str, str]) -> None:
    """Even with a token; and nobody can be signed in from there either."""
    async with visiting(world) as visitor:
        token = await visitor.form_token()
        made = await visitor.post(
            "/keys", token=False, headers=headers, form_token=token, name="x", scope="full"
        )
        entered = await visitor.post("/sign-in", token=False, headers=headers, key=world.key)

    assert (made.status_code, entered.status_code) == (403, 403)
    assert len(await world.store.keys.list(world.team.id)) == 1


@pytest.mark.parametrize("headers", [{}, {"origin": ORIGIN}, {"sec-fetch-site": "same-origin"}])
async def test_a_form_from_our_own_page_is_taken(world: World, headers: dict[str, str]) -> None:
    """Whatever the browser says of where it comes from, if it says so at all."""
    async with visiting(world) as visitor:
        answer = await visitor.post("/keys", headers=headers, name="x", scope="read")

    assert answer.status_code == 200


async def test_a_large_form_is_not_read(world: World) -> None:
    """Whoever sends it has not even signed in."""
    async with visiting(world, sign_in=False) as visitor:
        answer = await visitor.sign_in("x" * 20_000)

    assert answer.status_code == 413
    assert answer.headers["content-type"].startswith("text/html")
