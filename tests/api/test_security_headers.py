"""What every answer tells browsers, whichever endpoint has made it, and however it ended."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from pydantic import SecretStr

from tests.api.conftest import served
from tests.api.dashboard.described import COOKIE, DASHBOARD
from tests.api.dashboard.visiting import Visitor
from tests.api.every_endpoint import Call, operations, routes
from tests.api.owning import owned
from tests.chromium import chromium

if TYPE_CHECKING:
    from fastapi import FastAPI

    from tests.api.conftest import OutxClient, World

GUARDED = {
    "x-content-type-options": {"nosniff"},
    "x-frame-options": {"DENY"},
    # Dashboard's forms have to say to the dashboard where they come from.
    "referrer-policy": {"no-referrer", "same-origin"},
}
MAY_BE_KEPT = ("/docs/assets/", "/dashboard/static/")
METRICS_KEY = "a-key-of-at-least-20-characters"
LARGEST = 20_000
PATIENCE_MS = 60_000


def unguarded(answer: httpx.Response) -> list[str]:
    """Return which headers an answer lacks."""
    path = answer.request.url.path
    headers = answer.headers
    lacking = [name for name, values in GUARDED.items() if headers.get(name) not in values]
    in_dashboard = path == "/dashboard" or path.startswith("/dashboard/")
    if (headers.get("referrer-policy") == "same-origin") is not in_dashboard:
        lacking.append("referrer-policy")
    if in_dashboard and "content-security-policy" not in headers:
        lacking.append("content-security-policy")
    if "no-store" not in headers.get("cache-control", "") and not path.startswith(MAY_BE_KEPT):
        lacking.append("cache-control")
    if any(headers.get_list(name)[1:] for name in (*GUARDED, "cache-control")):
        lacking.append("said twice")
    return lacking


@pytest.fixture
def app(world: World) -> FastAPI:
    return world.app(
        answer_within=timedelta(0),
        mcp_answer_within=timedelta(0),
        metrics_key=SecretStr(METRICS_KEY),
        dashboard="on",
        max_body_bytes=LARGEST,
        upload_max_bytes=LARGEST,
    )


class Walk:
    """Requests to all that the app answers to, described or not."""

    def __init__(self, app: FastAPI, world: World) -> None:
        self._app = app
        self._world = world

    async def answers(self, key: str, cookie: str = "", **sent: Any) -> list[httpx.Response]:
        """Ask each for what it is for, or, where it takes a body, with *sent* in its place."""
        own = await owned(self._world, self._world.admin)
        described = operations(self._app) | DASHBOARD
        found = []
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(app=self._app),
            base_url="http://127.0.0.1:8000",
            headers={"x-api-key": key, "authorization": f"Bearer {key}"},
            cookies={COOKIE: cookie},
        ) as http:
            for label in sorted(routes(self._app)):
                method, path = label.split(" ")
                plain = [Call(method=method, template=path)]
                calls = described[label].calls(own) if label in described else plain
                for call in calls:
                    if sent and method in {"POST", "PUT", "PATCH"}:
                        found.append(await http.request(method, path, **sent))
                    else:
                        found.append(await call.send(http))
        return found


@pytest.fixture
def walk(app: FastAPI, world: World) -> Walk:
    return Walk(app, world)


@pytest.fixture
async def cookie(app: FastAPI, world: World) -> str:
    visitor = Visitor(app)
    async with visitor.http:
        await visitor.sign_in(world.key)
        return visitor.http.cookies[COOKIE]


def faults(answers: list[httpx.Response]) -> list[str]:
    return [
        f"{each.request.method} {each.request.url.path}: {each.status_code} lacks {lacking}"
        for each in answers
        if (lacking := unguarded(each))
    ]


async def test_what_is_answered_is_guarded(walk: Walk, world: World, cookie: str) -> None:
    """By every endpoint and page: what it is for, and that what was named is not there."""
    answers = await walk.answers(world.key, cookie)

    assert faults(answers) == []
    assert {200, 404} < {each.status_code for each in answers}


async def test_who_has_no_key_is_answered_guardedly(walk: Walk) -> None:
    """By every endpoint and page that asks for one."""
    answers = await walk.answers("wrong")

    assert faults(answers) == []
    assert sum(each.status_code == 401 for each in answers) > len(DASHBOARD) + 50


async def test_what_is_too_large_is_answered_guardedly(
    walk: Walk, world: World, cookie: str
) -> None:
    """By every endpoint that takes a body."""
    large = {"content": b" " * (LARGEST + 1), "headers": {"content-type": "application/json"}}
    answers = await walk.answers(world.key, cookie, **large)

    assert faults(answers) == []
    assert sum(each.status_code == 413 for each in answers) > 30


async def test_what_crashes_is_answered_guardedly(
    walk: Walk, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By every endpoint that looks a key up."""

    async def broken(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(world.store.keys, "caller", broken)
    answers = await walk.answers(world.key)

    assert faults(answers) == []
    assert sum(each.status_code == 500 for each in answers) > 50


async def test_what_is_nowhere_is_answered_guardedly(outx: OutxClient) -> None:
    """Wrong paths and methods, in every dialect."""
    for prefix in ("", "/linkedin", "/linkedin-agent", "/tasks/x", "/dashboard", "/docs/assets"):
        for method in ("GET", "PUT"):
            answer = await outx.http.request(method, f"{prefix}/nowhere")
            assert answer.status_code in {404, 405}
            assert unguarded(answer) == [] or prefix == "/docs/assets"


async def test_the_description_is_shown_under_its_policy(world: World) -> None:
    """Swagger UI works in a real browser, which finds nothing to complain of."""
    complaints: list[str] = []
    async with (
        served(world.app()) as url,
        chromium() as browser,
    ):
        page = await browser.new_page()
        page.on("console", lambda each: complaints.append(each.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        answer = await page.goto(f"{url}/docs")
        await page.locator(".opblock").first.wait_for(timeout=PATIENCE_MS)
        # As its "Try it out" does.
        called = await page.evaluate("async () => (await fetch('livez')).status")

    assert (complaints, called) == ([], 200)
    assert answer is not None
    policy = answer.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert policy.startswith("default-src 'none'; ")
