"""What the overview and the pages about accounts and keys show and do."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from api.dashboard.plots import HEIGHT, plot
from storage.limits import HoldReason
from storage.measures import EndedOnDay
from storage.runners import MemoryTaken
from storage.secrets import digest_key
from storage.sessions import SessionHealth
from storage.tasks import TaskStatus
from storage.teams import Role
from tests.api.dashboard.visiting import (
    FOUND,
    Visitor,
    add_task,
    is_sign_in,
    shown,
)

if TYPE_CHECKING:
    from tests.api.conftest import World

HOSTILE = '"><script>alert(1)</script>{{7771*7771}}\ud800'
DAY = timedelta(days=1)


async def test_hostile_texts_are_only_texts(world: World, visitor: Visitor) -> None:
    """Wherever a text of somebody else's is shown, none of it is markup."""
    member = await world.store.teams.add_member(world.team.id, name=HOSTILE[:-1], role=Role.MEMBER)
    await world.store.teams.add_alias(member.id, HOSTILE[:-1])
    await world.store.people.remember(
        member.id, profile_id="ACoAX", vanity="x-y-z", name=HOSTILE[:-1]
    )
    task_id = await add_task(
        world,
        member,
        input={"post": HOSTILE, "person": {"profile_id": "ACoAX"}, "message": HOSTILE},
        notes=(("waiting", {"detail": HOSTILE}), (HOSTILE[:-1], {"<b>": HOSTILE})),
    )
    paths = ["", "/tasks", f"/tasks/{task_id}?texts=shown", "/accounts", "/keys"]
    pages = [await visitor.get(path) for path in paths]
    pages.append(await visitor.http.get("/dashboard/tasks", params={"q": HOSTILE[:-1]}))
    pages.append(await visitor.post("/keys", name=HOSTILE[:-1], scope="read"))

    for page in pages:
        assert page.status_code == 200
        assert "<script>alert" not in page.text
        assert str(7771 * 7771) not in page.text
    assert "<b>" not in pages[2].text.replace("<b><code>", "")


async def test_a_key_is_shown_once(visitor: Visitor) -> None:
    """The one that was made works, and is nowhere to be seen afterwards."""
    made = await visitor.post("/keys", name="Zapier", scope="full")
    [text] = re.findall(r"lx_[\w-]{20,}", made.text)
    after = await visitor.get("/keys")

    assert (await visitor.http.get("/tasks", headers={"x-api-key": text})).status_code == 200
    assert "Zapier" in after.text
    assert text not in after.text


@pytest.mark.parametrize(
    "fields", [{"name": "", "scope": "full"}, {"name": "x" * 101, "scope": "full"},
               {"name": "x", "scope": "root"}, {"name": "a\u202eb", "scope": "read"}],
)  # fmt: skip
async def test_a_key_needs_a_name_and_a_scope(
    world: World, visitor: Visitor, fields: dict[str, Any]
) -> None:
    """Anything else makes none."""
    answer = await visitor.post("/keys", **fields)

    assert answer.status_code == 400
    assert len(await world.store.keys.list(world.team.id)) == 1


async def test_a_key_is_revoked(world: World, visitor: Visitor) -> None:
    """Only the team's own; revoking the own one signs out."""
    other, others_key = await world.another_team()
    [foreign] = await world.store.keys.list(other.id)
    [own] = await world.store.keys.list(world.team.id)

    refused = await visitor.post(f"/keys/{foreign.id}/revoke")
    unknown = await visitor.post(f"/keys/{uuid4()}/revoke")
    answer = await visitor.post(f"/keys/{own.id}/revoke")

    assert (refused.status_code, unknown.status_code, answer.status_code) == (404, 404, 303)
    assert is_sign_in(await visitor.get())
    headers = {"x-api-key": others_key}
    assert (await visitor.http.get("/tasks", headers=headers)).status_code == 200


async def test_the_overview_says_that_nobody_works_while_something_waits(
    world: World, visitor: Visitor
) -> None:
    """Where nothing waits nobody is missed; a runner is all that it takes."""
    idle = shown(await visitor.get())
    await world.waiting_task()
    missed = shown(await visitor.get())
    await world.store.runners.show("host:1:0", MemoryTaken(own=1, browser=1))
    there = shown(await visitor.get())
    world.clock.advance(timedelta(minutes=5))
    silent = shown(await visitor.get())

    for words in (idle, there):
        assert "No runner" not in words
        assert "Everything goes on by itself." in words
    assert "No runner is there" in missed
    assert "No runner has been seen for 300 s." in silent
    for words in (missed, silent):
        assert "linkedin-executor run" in words
        assert "Everything goes on by itself." not in words


@pytest.mark.parametrize(
    ("health", "told"),
    [
        (SessionHealth.SIGNED_OUT, "Ada: signed out."),
        (SessionHealth.CHALLENGE, "Ada: LinkedIn asks who it is."),
        (SessionHealth.RESTRICTED, "Ada: restricted by LinkedIn."),
    ],
)
async def test_the_overview_says_what_needs_a_person(
    world: World, visitor: Visitor, health: SessionHealth, told: str
) -> None:
    """An account that cannot act, and how to help it."""
    await world.store.sessions.mark(world.admin.id, health)

    words = shown(await visitor.get())

    assert told in words
    assert "Everything goes on by itself." not in words


async def test_an_account_is_paused_and_resumed(world: World, visitor: Visitor) -> None:
    """By a button on its page; meanwhile its tasks and the overview say so."""
    _, others_key = await world.another_team()
    others = await world.store.keys.caller(digest_key(others_key))
    assert others is not None
    task_id = await add_task(world)

    paused = await visitor.post(f"/accounts/{world.admin.id}/pause")
    pages = [shown(await visitor.get(path)) for path in ("", "/accounts", f"/tasks/{task_id}")]
    foreign = await visitor.post(f"/accounts/{others.acting_member_id}/pause")
    resumed = await visitor.post(f"/accounts/{world.admin.id}/resume")

    assert (paused.status_code, foreign.status_code, resumed.status_code) == (303, 404, 303)
    assert "Ada: paused since" in pages[0]
    assert "Resume its work" in pages[1]
    assert "the account is paused" in pages[2]
    assert "Pause its work" in shown(await visitor.get("/accounts"))


async def test_elements_are_shown_by_what_found_them_last(world: World, visitor: Visitor) -> None:
    """A fallback names its candidate; what was found again since is no trouble any more."""
    measures = world.store.measures
    empty = shown(await visitor.get("/locators"))
    await measures.count_locators(FOUND)
    troubled = shown(await visitor.get("/locators"))
    world.clock.advance(DAY)
    await measures.count_locators(
        [replace(each, rank=0, candidate="button.mended") for each in FOUND]
    )
    mended = shown(await visitor.get("/locators"))

    assert "No runner has looked for anything yet." in empty
    missing, fallback, first = (
        troubled.index(f"{head} ")
        for head in ("Not found when last needed", "Found by a fallback", "Found by the first")
    )
    assert missing < troubled.index("invite.send") < fallback
    assert fallback < troubled.index("profile.name") < troubled.index("h1:not(.hidden)") < first
    assert first < troubled.index("profile.more")
    assert "Not found when last needed" not in mended
    assert "Found by a fallback" not in mended


async def test_a_sign_in_names_whose_it_is(world: World, visitor: Visitor) -> None:
    """The command signs the acting member in, unless it is told another one."""
    bob = await world.store.teams.add_member(world.team.id, name="Bob", role=Role.MEMBER)
    for member in (world.admin, bob):
        await world.sign_in(member)
        await world.store.sessions.mark(member.id, SessionHealth.SIGNED_OUT)

    for path in ("", "/accounts"):
        words = shown(await visitor.get(path))
        assert "linkedin-executor login ." in words
        assert f"linkedin-executor login --member {bob.id} ." in words


async def test_trouble_with_linkedin_is_told(world: World, visitor: Visitor) -> None:
    """Throttling and pages not understood need a look; our own pace does not."""
    await world.hold(HoldReason.GAP, "send_message", hours=1)
    calm = shown(await visitor.get())
    await world.hold(HoldReason.UI_CHANGED, "like_post", hours=1)

    words = shown(await visitor.get())
    accounts = shown(await visitor.get("/accounts"))

    assert "Everything goes on by itself." in calm
    assert "Ada: like post rests." in words
    assert "the pause between two writes" in accounts
    assert "Accounts write Mon-Fri 09:00-18:00." in accounts


async def test_the_overview_shows_work_and_limits(world: World, visitor: Visitor) -> None:
    """What waits and at which place; what went out, and when there is room again."""
    for _ in range(2):
        await add_task(world)
        await world.succeed()
    await add_task(world)

    words = shown(await visitor.get())

    assert "1 queued" in words
    assert "place 1" in words
    assert "Send message 2 of 2 in 24 h room again 2026-10-02 12:00:00 UTC" in words
    assert "Writes 2 in 14 days, at most 2 a day" in words


async def test_numbers_are_the_teams_own(world: World, visitor: Visitor) -> None:
    """Another team's work is in no count, limit or plot."""
    other, _ = await world.another_team("Quillfeather")
    olga = await world.store.teams.acting_member(other.id)
    for _ in range(3):
        await add_task(world, olga)
    await world.store.intake.cancel(await add_task(world, olga), team_id=other.id)

    pages = [shown(await visitor.get(path)) for path in ("", "/tasks", "/accounts", "/keys")]

    assert "0 queued" in pages[0]
    assert "Nothing has ended in these days." in pages[0]
    assert all("Olga" not in page and "Quillfeather" not in page for page in pages)


async def test_a_store_that_is_gone_is_told_as_a_page(world: World, visitor: Visitor) -> None:
    """A person gets a page, with the code and the id that the log has."""
    await world.store.close()

    answer = await visitor.get("/tasks")

    assert answer.status_code == 503
    assert answer.headers["content-type"].startswith("text/html")
    assert "<code>unavailable</code>" in answer.text


def test_a_plot_shows_every_day_and_every_failure() -> None:
    """Days without work are there, and a single failure beside a thousand tasks is visible."""
    last = date(2026, 10, 14)
    counted = [
        EndedOnDay(
            day=last, is_write=True, tasks={TaskStatus.SUCCEEDED: 1000, TaskStatus.FAILED: 1}
        ),
        EndedOnDay(day=last, is_write=False, tasks={TaskStatus.FAILED: 9}),
        EndedOnDay(day=last - 99 * DAY, is_write=True, tasks={TaskStatus.FAILED: 9}),
    ]

    drawn = plot(counted, is_write=True, last=last, days=14)

    assert [day for day, _ in drawn.days] == [last - DAY * ago for ago in reversed(range(14))]
    assert (drawn.total, drawn.highest) == (1001, 1001)
    assert [part.outcome for part in drawn.parts] == [TaskStatus.SUCCEEDED, TaskStatus.FAILED]
    assert all(part.height >= 2 and 0 <= part.y < HEIGHT for part in drawn.parts)
    assert plot([], is_write=True, last=last, days=14).parts == []
