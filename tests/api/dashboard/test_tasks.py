"""Lists of tasks, single tasks, and what was kept of them."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from api.dashboard.shown_values import what
from storage.sessions import SessionHealth
from storage.tasks import ErrorCode, TaskFilter, TaskStatus
from storage.teams import Role
from tests.api.dashboard.visiting import (
    KEPT,
    SECRET,
    Visitor,
    add_task,
    keep_page,
    kept_task,
    shown,
)

if TYPE_CHECKING:
    from pathlib import Path

    from tests.api.conftest import World


async def test_texts_are_hidden_until_somebody_asks(world: World, visitor: Visitor) -> None:
    """A message's words are in no list, and on the task's page only by a link of its own."""
    task_id = await add_task(world)
    await world.succeed(message_urn="urn:li:msg:1", text=SECRET, people=[{"name": SECRET}])

    pages = [await visitor.get(path) for path in ("", "/tasks", f"/tasks/{task_id}")]
    asked = await visitor.get(f"/tasks/{task_id}?texts=shown")

    assert all(SECRET not in page.text for page in pages)
    assert "urn:li:msg:1" in pages[-1].text
    assert f"[{len(SECRET)} characters, hidden]" in shown(pages[-1])
    assert shown(asked).count(SECRET) == 3
    assert asked.headers["cache-control"] == "no-store"


async def test_another_teams_tasks_are_unknown(world: World, visitor: Visitor) -> None:
    """Looked at, withdrawn, ticked off or asked for by file: like what does not exist."""
    other, _ = await world.another_team()
    olga = await world.store.teams.acting_member(other.id)
    assert olga is not None
    foreign = await add_task(world, olga)

    for task_id in (foreign, str(uuid4()), "nonsense"):
        page = await visitor.get(f"/tasks/{task_id}")
        kept = await visitor.get(f"/tasks/{task_id}/kept/page.png")
        deeds = [await visitor.post(f"/tasks/{task_id}/{deed}") for deed in ("cancel", "review")]
        assert {each.status_code for each in (page, kept, *deeds)} == {404}
    assert (await world.task(foreign)).status is TaskStatus.QUEUED
    assert foreign not in (await visitor.get("/tasks")).text
    assert "No task fits" in (await visitor.get(f"/tasks?q={foreign}")).text


async def test_a_task_that_waits_can_be_withdrawn(world: World, visitor: Visitor) -> None:
    """By a button, which is gone afterwards."""
    task_id = await add_task(world)
    before = await visitor.get(f"/tasks/{task_id}")

    answer = await visitor.post(f"/tasks/{task_id}/cancel")
    after = await visitor.get(f"/tasks/{task_id}")
    again = await visitor.post(f"/tasks/{task_id}/cancel")

    assert "Withdraw this task" in before.text
    assert answer.headers["location"] == f"/dashboard/tasks/{task_id}"
    assert (await world.task(task_id)).status is TaskStatus.CANCELLED
    assert "Withdraw this task" not in after.text
    assert again.status_code == 409


async def test_a_task_tells_its_story(world: World, visitor: Visitor) -> None:
    """Its timeline, its error with what it means, and whether asking again is safe."""
    task_id = await add_task(world)
    await world.fail(ErrorCode.UNCONFIRMED, "Nobody could prove it.")

    words = shown(await visitor.get(f"/tasks/{task_id}"))

    for told in (
        "Accepted and stored",
        "Point of no return: committed before the click",
        "Ended unconfirmed",
        "Nobody could prove it.",
        "Asking again is not safe",
        "It may have happened; nobody could prove it.",
    ):
        assert told in words


async def test_an_unconfirmed_task_is_ticked_off(world: World, visitor: Visitor) -> None:
    """Once somebody has looked, it leaves the overview and stays what it is."""
    task_id = await add_task(world)
    await world.fail(ErrorCode.UNCONFIRMED)
    before = await visitor.get()

    answer = await visitor.post(f"/tasks/{task_id}/review")
    after = await visitor.get()

    assert "1 unconfirmed." in shown(before)
    assert answer.status_code == 303
    assert "unconfirmed." not in shown(after)
    assert "Everything goes on by itself." in shown(after)
    assert "Somebody has looked into it" in (await visitor.get(f"/tasks/{task_id}")).text
    assert (await world.task(task_id)).status is TaskStatus.UNCONFIRMED


async def test_tasks_are_filtered(world: World, visitor: Visitor) -> None:
    """By state, type and account together; what is no filter filters nothing away."""
    bob = await world.store.teams.add_member(world.team.id, name="Bob", role=Role.MEMBER)
    mine, bobs = await add_task(world), await add_task(world, bob)
    read = await add_task(world, task_type="fetch_profile", is_write=False)
    await world.store.intake.cancel(mine, team_id=world.team.id)

    async def listed(query: str) -> set[str]:
        page = await visitor.get(f"/tasks?{query}")
        assert page.status_code == 200
        return {each for each in (mine, bobs, read) if each in page.text}

    assert await listed("") == {mine, bobs, read}
    assert await listed("state=cancelled") == {mine}
    assert await listed("type=fetch_profile&state=queued") == {read}
    assert await listed(f"account={bob.id}") == {bobs}
    assert await listed("account=nobody") == set()
    assert await listed("state=nonsense&type=nonsense") == {mine, bobs, read}


async def test_tasks_are_searched(world: World, visitor: Visitor) -> None:
    """An id leads to its task; else by the person that they are about, and no message's words."""
    jane = await add_task(world, input={"person": {"vanity": "jane-doe", "profile_id": None}})
    other = await add_task(world)

    by_id = await visitor.get(f"/tasks?q={other.upper()}")
    by_name = await visitor.get("/tasks?q=Jane")
    by_words = await visitor.get("/tasks?q=old+mill")

    assert by_id.headers["location"] == f"/dashboard/tasks/{other}"
    assert jane in by_name.text
    assert other not in by_name.text
    assert "No task fits" in by_words.text


async def test_a_long_list_comes_in_pages(world: World, visitor: Visitor) -> None:
    """Each task is on one of them, with the filters as they were."""
    ids = {await add_task(world) for _ in range(60)}
    seen: set[str] = set()
    path = "/tasks?state=queued"
    pages = 0
    while path:
        page = await visitor.get(path)
        seen |= {each for each in ids if f"/tasks/{each}" in page.text}
        older = re.search(r'href="/dashboard([^"]+)">Older', page.text)
        path = older[1].replace("&amp;", "&") if older else ""
        pages += 1

    assert (pages, seen) == (2, ids)
    unknown = await visitor.get(f"/tasks?before={uuid4()}")
    assert unknown.status_code == 400


async def test_lists_name_whom_they_know(world: World, visitor: Visitor) -> None:
    """By the name that the account has seen on the profile."""
    await add_task(world)
    await world.store.people.remember(
        world.admin.id, profile_id="ACoAABCDEFG", vanity="jane-doe", name="Jane Doe"
    )

    assert "Jane Doe (jane-doe)" in shown(await visitor.get("/tasks"))


async def test_names_of_either_direction_stay_apart_from_what_is_beside_them(
    world: World, visitor: Visitor
) -> None:
    """Else the brackets around the vanity name would stand in the middle of an Arabic one."""
    task_id = await add_task(world)
    await world.store.people.remember(
        world.admin.id, profile_id="ACoAABCDEFG", vanity="layla-haddad", name="ليلى حداد"
    )

    for path in ("", "/tasks", f"/tasks/{task_id}"):
        page = await visitor.get(path)
        assert "<bdi>ليلى حداد</bdi> (<bdi>layla-haddad</bdi>)" in page.text


async def test_a_task_for_later_keeps_its_date_whatever_it_waits_for(
    world: World, visitor: Visitor
) -> None:
    """A sign-in has none, and the account's own pause neither; the task's time is known."""
    later = world.clock() + timedelta(days=3)
    task_id = await add_task(world, not_before=later)
    await world.store.sessions.mark(world.admin.id, SessionHealth.SIGNED_OUT)
    told = f"place 1; not before {later:%Y-%m-%d %H:%M:%S} UTC"
    signed_out = [shown(await visitor.get(path)) for path in ("/tasks", f"/tasks/{task_id}")]
    await visitor.post(f"/accounts/{world.admin.id}/pause")
    paused = shown(await visitor.get(f"/tasks/{task_id}"))
    world.clock.advance(timedelta(days=3))

    assert "waits for a sign-in; not before" in signed_out[0]
    assert f"It waits for a sign-in; {told}" in signed_out[1]
    assert f"It waits: the account is paused; {told}" in paused
    await visitor.sign_in(world.key)
    assert "not before" not in shown(await visitor.get("/tasks"))


@pytest.mark.parametrize(
    ("named", "told"),
    [
        ({"post": "urn:li:activity:7123456789012345678"}, "activity 7123456789012345678"),
        (
            {"conversation_urn": "urn:li:msg_conversation:(urn:li:fsd_profile:ACoAX,2-abc==)"},
            "conversation 2-abc==",
        ),
        ({"company": "acme"}, "acme"),
        ({"thread_id": "x" * 100}, "x" * 59 + "…"),
        ({"keywords": SECRET}, ""),
    ],
)
def test_lists_say_what_else_a_task_is_about(named: dict[str, str], told: str) -> None:
    """In as few letters as tell it from others."""
    assert what(named) == told


async def test_kept_pages_are_handed_over(world: World, visitor: Visitor, artifacts: Path) -> None:
    """The picture is shown when texts are; a page of somebody else's never as a page of ours."""
    task_id = await kept_task(world, artifacts)

    hidden = await visitor.get(f"/tasks/{task_id}")
    asked = await visitor.get(f"/tasks/{task_id}?texts=shown")
    files = {name: await visitor.get(f"/tasks/{task_id}/kept/{name}") for name in KEPT}

    assert "<img class=" not in hidden.text
    assert f'src="/dashboard/tasks/{task_id}/kept/page.png"' in asked.text
    assert {name: answer.content for name, answer in files.items()} == KEPT
    assert files["page.png"].headers["content-type"] == "image/png"
    assert files["page.html"].headers["content-type"] == "application/octet-stream"
    assert files["page.html"].headers["content-disposition"].startswith("attachment")
    assert {answer.headers["cache-control"] for answer in files.values()} == {"no-store"}
    assert {answer.headers["x-content-type-options"] for answer in files.values()} == {"nosniff"}
    assert "trace.zip" not in hidden.text
    assert (await visitor.get(f"/tasks/{task_id}/kept/trace.zip")).status_code == 404


@pytest.mark.parametrize(
    "name",
    ["../session.key", "..%2fsession.key", "%2e%2e%2fsession.key", "....//session.key", "secret",
     "page.png%00", "/etc/passwd", "%2fetc%2fpasswd", "..%5csession.key"],
)  # fmt: skip
async def test_nothing_else_can_be_fetched(
    world: World, visitor: Visitor, artifacts: Path, name: str
) -> None:
    """No way leads out of the task's folder, nor to another name in it."""
    task_id = await kept_task(world, artifacts)
    (artifacts / task_id / "secret").write_text("the key")

    answer = await visitor.get(f"/tasks/{task_id}/kept/{name}")

    assert answer.status_code == 404
    assert "the key" not in answer.text


async def test_links_in_a_kept_folder_lead_nowhere(
    world: World, visitor: Visitor, artifacts: Path
) -> None:
    """A file that is no file, and a folder that is another's, count as missing."""
    task_id = await kept_task(world, artifacts)
    (artifacts / task_id / "page.png").unlink()
    (artifacts / task_id / "page.png").symlink_to(artifacts.parent / "session.key")
    linked = await add_task(world, notes=(("page_kept", {"folder": "x"}),))
    (artifacts / linked).symlink_to(artifacts / task_id)
    unmarked = await add_task(world)
    keep_page(artifacts, unmarked)

    for each, name in ((task_id, "page.png"), (linked, "about.json"), (unmarked, "about.json")):
        assert (await visitor.get(f"/tasks/{each}/kept/{name}")).status_code == 404


async def test_another_teams_kept_pages_are_unknown(
    world: World, visitor: Visitor, artifacts: Path
) -> None:
    """Whoever knows a task's id has nothing of it."""
    other, _ = await world.another_team()
    olga = await world.store.teams.acting_member(other.id)
    task_id = await kept_task(world, artifacts, olga)

    for name in KEPT:
        assert (await visitor.get(f"/tasks/{task_id}/kept/{name}")).status_code == 404


async def test_what_the_dashboard_made_is_what_the_api_shows(
    world: World, visitor: Visitor
) -> None:
    """There is one door: a task withdrawn here is withdrawn there."""
    task_id = await add_task(world)
    await visitor.post(f"/tasks/{task_id}/cancel")

    answer = await visitor.http.get(f"/tasks/{task_id}", headers={"x-api-key": world.key})

    assert json.loads(answer.text)["status"] == "cancelled"
    assert len(await world.store.reports.list(TaskFilter(team_id=world.team.id))) == 1
