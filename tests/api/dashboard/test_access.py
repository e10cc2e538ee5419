"""To whom the dashboard is served, how often a key may be tried, and what answers carry."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from api.dashboard.failed_sign_ins import IN_ALL, PER_ADDRESS, WINDOW, FailedSignIns
from api.refusals import TooManySignIns
from storage.teams import Scope
from tests.api.conftest import StoppedClock, served
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


async def test_failed_sign_ins_are_bounded_by_address(world: World) -> None:
    """After ten, even the right key has to wait; others are not kept out."""
    app = world.app(dashboard="on")
    bad, good = (Visitor(app, client=client) for client in ("192.0.2.1", "192.0.2.2"))
    async with bad.http, good.http:
        for _ in range(PER_ADDRESS):
            assert (await bad.sign_in("wrong")).status_code == 401
        refused = await bad.sign_in(world.key)
        elsewhere = await good.sign_in(world.key)
        world.clock.advance(WINDOW)
        later = await bad.sign_in(world.key)

    assert refused.status_code == 429
    assert int(refused.headers["retry-after"]) == WINDOW.total_seconds()
    assert "Too many sign-ins have failed" in shown(refused)
    assert elsewhere.status_code == 303
    assert later.status_code == 303


async def test_a_proxy_tells_whose_sign_in_it_is_and_that_it_came_by_tls(world: World) -> None:
    """From this machine it is believed: others are not kept out, and the cookie is for TLS only."""
    fields = {"key": "wrong"}
    tls = {"x-forwarded-proto": "https"}
    bad = {**tls, "x-forwarded-for": "192.0.2.1"}
    async with served(world.app(dashboard="on")) as url, httpx.AsyncClient(base_url=url) as http:
        for _ in range(PER_ADDRESS):
            await http.post("/dashboard/sign-in", data=fields, headers=bad)
        fields = {"key": world.key}
        refused = await http.post("/dashboard/sign-in", data=fields, headers=bad)
        good = {**tls, "x-forwarded-for": "192.0.2.2"}
        entered = await http.post("/dashboard/sign-in", data=fields, headers=good)

    assert refused.status_code == 429
    assert entered.status_code == 303
    assert entered.headers["set-cookie"].endswith("; Secure")


def test_failed_sign_ins_are_bounded_in_all() -> None:
    """However many addresses they come from; and nothing is remembered of more."""
    tries = FailedSignIns(StoppedClock())
    for number in range(IN_ALL):
        tries.begin(f"192.0.2.{number % 250}")

    with pytest.raises(TooManySignIns):
        tries.begin("198.51.100.1")
    assert len(tries._by_address) <= IN_ALL


def test_addresses_of_one_network_count_together() -> None:
    """Whoever has one address of IPv6 has billions."""
    tries = FailedSignIns(StoppedClock())
    for number in range(PER_ADDRESS):
        tries.begin(f"2001:db8::{number:x}")

    with pytest.raises(TooManySignIns):
        tries.begin("2001:db8::ffff:1")
    tries.begin("2001:db8:0:1::1")
    tries.begin("::ffff:192.0.2.1")


def test_a_success_takes_failures_back() -> None:
    """Nobody who has the key is kept out by mistakes of before."""
    tries = FailedSignIns(StoppedClock())
    for _ in range(5):
        for _ in range(PER_ADDRESS - 1):
            tries.begin("192.0.2.1")
        tries.succeeded("192.0.2.1")

    tries.begin("192.0.2.1")


@pytest.mark.parametrize(
    ("client", "origin", "headers", "is_served"),
    [
        ("127.0.0.1", "http://localhost:8000", {}, True),
        ("::1", "http://[::1]:8000", {}, True),
        ("::ffff:127.0.0.1", "http://127.0.0.1:8000", {}, True),
        ("192.0.2.1", "http://127.0.0.1:8000", {}, False),
        ("127.0.0.1", "http://executor.example", {}, False),
        ("127.0.0.1", "http://127.0.0.1:8000", {"X-Forwarded-For": "127.0.0.1"}, False),
        ("127.0.0.1", "http://127.0.0.1:8000", {"Forwarded": "for=127.0.0.1"}, False),
        ("not an address", "http://127.0.0.1:8000", {}, False),
    ],
)
async def test_it_is_for_this_machine_unless_the_operator_says_otherwise(
    world: World, client: str, origin: str, headers: dict[str, str], is_served: bool
) -> None:
    """By the address that calls, the name it is called by, and without a proxy between."""
    here, everywhere = (
        Visitor(world.app(dashboard=who), client=client, origin=origin) for who in ("local", "on")
    )
    async with here.http, everywhere.http:
        page = await here.get(**headers)
        static = await here.get("/static/dashboard.css", **headers)
        entered = await here.http.post(
            "/dashboard/sign-in", data={"key": world.key}, headers=headers
        )
        root = await here.http.get("/", headers=headers)
        on = await everywhere.get(**headers)

    assert page.status_code == (401 if is_served else 403)
    assert static.status_code == (200 if is_served else 403)
    assert entered.status_code == (303 if is_served else 403)
    assert root.headers["location"] == ("./dashboard" if is_served else "./docs")
    assert is_sign_in(on)


async def test_it_can_be_switched_off(world: World) -> None:
    """Then there is nothing, and the first page is the API's description, if that is there."""
    async with visiting(world, sign_in=False, dashboard="off") as visitor:
        page = await visitor.get()
        root = await visitor.http.get("/")
    async with visiting(world, sign_in=False, dashboard="off", docs=False) as visitor:
        nothing = await visitor.http.get("/")

    assert page.status_code == 404
    assert root.headers["location"] == "./docs"
    assert nothing.status_code == 404


async def test_who_may_only_look_changes_nothing(world: World) -> None:
    """A read-only key shows the pages without their forms, and forms sent anyway are refused."""
    key = await world.new_key(scope=Scope.READ)
    task_id = await world.ended_task()
    async with visiting(world, sign_in=False) as visitor:
        await visitor.sign_in(key)
        pages = [await visitor.get(path) for path in ("", "/tasks", "/accounts", "/keys")]
        [token] = {await visitor.form_token()}
        answers = [
            await visitor.post(path, token=False, form_token=token, name="x", scope="full")
            for path in ("/keys", "/keys/x/revoke", f"/tasks/{task_id}/cancel")
        ]

    assert {page.status_code for page in pages} == {200}
    assert "Make it" not in pages[-1].text
    assert {answer.status_code for answer in answers} == {403}
    assert "read-only" in shown(answers[0]).lower() or "only read" in shown(answers[0]).lower()


async def test_every_answer_is_guarded_by_its_headers(world: World) -> None:
    """Pages, refusals, files: no script but ours, no frame, no guess at types; pages not kept."""
    async with visiting(world) as visitor:
        pages = [
            await visitor.get(path) for path in ("", "/tasks", "/keys", "/nowhere", "/tasks/nobody")
        ]
        pages += [await visitor.http.put("/dashboard/keys"), await visitor.post("/keys")]
        pages.append(await visitor.post("/sign-out"))
        pages.append(await visitor.get())
        static = await visitor.get("/static/dashboard.js")

    for answer in [*pages, static]:
        policy = answer.headers["content-security-policy"]
        assert "default-src 'self'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["x-frame-options"] == "DENY"
        assert answer.headers["referrer-policy"] == "same-origin"
    assert {page.headers["cache-control"] for page in pages} == {"no-store"}
    assert "<script>" not in "".join(page.text for page in pages)
    assert "style=" not in "".join(page.text for page in pages)


@pytest.mark.parametrize("name", ["..%2fpages.py", "base.html", "%2e%2e/%2e%2e/app.py", ""])
async def test_only_the_few_static_files_are_there(world: World, name: str) -> None:
    """Nothing else of the package can be read."""
    async with visiting(world, sign_in=False) as visitor:
        answer = await visitor.get(f"/static/{name}")

    assert answer.status_code == 404


async def test_links_lead_through_a_proxys_path(world: World) -> None:
    """Behind a proxy that serves it below a path of its own, all addresses have it."""
    transport = httpx.ASGITransport(app=world.app(), root_path="/executor")
    async with httpx.AsyncClient(transport=transport, base_url=ORIGIN) as http:
        page = await http.get("/executor/dashboard")
        entered = await http.post("/executor/dashboard/sign-in", data={"key": world.key})

    assert 'href="/executor/dashboard/static/dashboard.css' in page.text
    assert entered.headers["location"] == "/executor/dashboard"
    assert "Path=/executor/dashboard" in entered.headers["set-cookie"]
