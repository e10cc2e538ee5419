"""What one team owns is unknown to every other, at every endpoint there is."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import quote
from uuid import uuid4

import httpx
import pytest
from pydantic import SecretStr

from api.app import create_app
from api.dashboard.access import form_token_of
from api.settings import ApiSettings
from executor.actions import asset_urn, new_upload_id
from storage.limits import HoldReason
from storage.runners import MemoryTaken
from storage.secrets import digest_key
from storage.sessions import SessionHealth
from storage.tasks import TaskFilter, TaskStatus
from storage.teams import Role, Scope
from storage.uploads import NewUpload, UploadBounds
from tests.api.conftest import World, world_in
from tests.api.dashboard.described import COOKIE, DASHBOARD, DOORS, PAGES
from tests.api.every_endpoint import Own, operations, routes, text_of
from tests.api.owning import MARK, called_back, owned, tasks_of_every_kind, told_somewhere

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping
    from pathlib import Path

    from storage.ports import Store
    from storage.teams import Team
    from tests.api.every_endpoint import Call, Operation, Place

# Built for each process of the test run that has one of these tests: so let it be one.
pytestmark = pytest.mark.xdist_group("teams_apart")

FILE = b"What the first team has handed in."
SETTINGS = ApiSettings(
    _env_file=None,
    answer_within=timedelta(0),
    mcp_answer_within=timedelta(0),
    metrics_key=SecretStr("the operator's own key"),
    dashboard="on",
)
OPERATIONS = operations(create_app(cast("Store", None), SETTINGS)) | DASHBOARD
DOCS = ("/docs", "/docs/assets", "/docs/assets/fastapi", "/openapi.json")
UNDESCRIBED = {f"GET {path}" for path in ("/", *DOCS)}
READS = {
    "GET /accounts",
    "GET /linkedin-agent/get-task-status",
    *(f"GET /linkedin/{each}/status" for each in ("account", "conversations/sync")),
    "GET /linkedin/account/{accountId}/quota",
    "GET /linkedin/account/{accountId}/status",
    "GET /linkedin/accounts",
    *(f"GET /{each}" for each in ("health", "livez", "readyz")),
    "GET /tasks",
    "GET /tasks/events",
    "GET /tasks/{task_id}",
    "GET /tasks/{task_id}/events",
    "GET /webhooks",
    "GET /webhooks/deliveries",
    "GET /webhooks/{webhook_id}",
    "GET /webhooks/{webhook_id}/deliveries",
    *PAGES,
}
"""What a read-only key is for; everything else sets an account to work, or changes something."""
TOOLS = {"POST /mcp"}
"""What is described by itself: `test_tools_apart` walks it."""
OPERATORS = {"GET /metrics"}
"""What no team's key opens."""
# Ids of what a request has made differ each time, whoever is named; and a length says no more
# than the text whose length it is.
NEW_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|upload:[\w-]+|(?:wh|evt|dlv)_\w+|whsec_[\w+/=]+")
VARYING = re.compile(r'\["content-length", "[^"]*"\]')


@dataclass(kw_only=True)
class Neighbours:
    """Two teams in one store: the first owns everything, the second asks."""

    world: World
    database: Path
    second: Team
    keys: dict[str, str]
    """Of the first team, of the second, and the first's that may only read."""
    task_ids: Mapping[TaskStatus, str]
    """One of the first team's tasks for each status."""
    names: tuple[tuple[str, str], ...]
    """Names of the first team's for what it owns, each with one that is nobody's."""
    secrets: tuple[str, ...]
    """What may be in no answer to anybody else."""
    upload: NewUpload
    key_id: str
    """Of one of the first team's keys."""

    async def enter(self, key: str) -> None:
        """Sign in to the dashboard with one of the keys."""
        store = self.world.store
        caller = await store.keys.caller(digest_key(self.keys[key]))
        assert caller is not None
        digest = digest_key(self.token(key))
        lasts = timedelta(days=1)
        await store.dashboard_sessions.begin(digest, key_id=caller.key_id, lasts=lasts)

    def token(self, key: str) -> str:
        return f"cookie-for-{self.keys[key]}"

    def client(self, key: str) -> httpx.AsyncClient:
        return httpx.AsyncClient(
            transport=httpx.ASGITransport(app=self.world.app()),
            base_url="http://test",
            headers={"x-api-key": self.keys[key], "Authorization": f"Bearer {self.keys[key]}"},
            cookies={COOKIE: self.token(key)},
        )

    async def own(self) -> Own:
        """Return what the second team may name, with a task that waits."""
        member = await self.world.store.teams.acting_member(self.second.id)
        assert member is not None
        own = await owned(self.world, member)
        return replace(own, form_token=form_token_of(self.token("second")))

    async def withdraw(self) -> None:
        """Withdraw what the second team has asked for: each request finds the same state."""
        store, team = self.world.store, self.second.id
        wanted = TaskFilter(team_id=team, statuses=frozenset({TaskStatus.QUEUED}), limit=500)
        for view in await store.reports.list(wanted):
            await store.intake.cancel(view.task.id, team_id=team)

    def rows(self) -> dict[str, list[tuple[Any, ...]]]:
        """Return all that the store holds."""
        with closing(sqlite3.connect(self.database)) as reading:
            tables = [
                name
                for (name,) in reading.execute("SELECT name FROM sqlite_schema WHERE type='table'")
                if name not in {"write_checks", "clock_anchor"}
            ]
            return {
                name: sorted(reading.execute(f"SELECT * FROM {name}"), key=repr)  # noqa: S608
                for name in tables
            }

    def firsts_rows(self) -> dict[str, list[tuple[Any, ...]]]:
        """Return all rows of the first team's: those with one of its ids, or about its tasks."""
        rows = self.rows()
        ids = set(self.secrets)
        of_task = {"task_events": 1, "idempotency_keys": 3, "task_uploads": 1, "charges": 0}
        seqs = {row[0] for row in rows["tasks"] if ids & set(map(str, row))}
        return {
            name: [
                row
                for row in found
                if ids & set(map(str, row)) or (name in of_task and row[of_task[name]] in seqs)
            ]
            for name, found in rows.items()
        }


async def settle(world: World, folder: Path) -> Neighbours:
    """Let the first team own everything that can be named, and the second one ask for it."""
    store = world.store
    world.settings = SETTINGS
    world.team = team = await store.teams.create(f"{MARK} & Co")
    world.admin = await store.teams.add_member(team.id, name=f"Ada {MARK}", role=Role.ADMIN)
    await store.sessions.save(
        world.admin.id,
        {"cookies": []},
        health=SessionHealth.SIGNED_IN,
        verified=True,
        profile_id="ACoAAQuillfeather",
    )
    await store.people.remember(
        world.admin.id,
        profile_id="ACoAAQuillfeather",
        vanity=f"ada-{MARK.lower()}",
        name=f"Ada {MARK}",
    )
    await store.teams.add_alias(world.admin.id, "acc_first")
    await store.runners.show("host:1:0", MemoryTaken(own=1, browser=1))
    tasks = await tasks_of_every_kind(world)
    await world.hold(HoldReason.RATE_LIMITED, "send_message", hours=1)
    upload = NewUpload(
        id=new_upload_id(sha256(FILE).hexdigest()),
        team_id=team.id,
        member_id=world.admin.id,
        name=f"{MARK}.png",
        media_type="image/png",
        byte_size=len(FILE),
        kept_for=timedelta(hours=1),
    )
    await store.uploads.add(upload, [FILE], bounds=UploadBounds(files=9, total_bytes=10**6))
    second, key = await world.another_team()
    unknown_file = new_upload_id(sha256(b"nobody's").hexdigest())
    by_status = {each.status: each.id for each in tasks}
    delivery, callback = await told_somewhere(world, team.id), await called_back(world, tasks[0])
    webhook_id = str(delivery.webhook_id)
    secret = (await store.webhooks.callback_secret(team.id)).get_secret_value()
    ids = (
        team.id,
        world.admin.id,
        upload.id,
        webhook_id,
        *(name for each in (delivery, callback) for name in (each.id, each.event_id)),
        secret,
        *(each.id for each in tasks),
    )
    keys = {
        "first": await world.new_key(),
        "second": key,
        "reads": await world.new_key(scope=Scope.READ),
    }
    key_id = (await store.keys.list(team.id))[0].id
    neighbours = Neighbours(
        world=world,
        database=folder / "test.sqlite3",
        second=second,
        keys=keys,
        task_ids=by_status,
        names=(
            (by_status[TaskStatus.QUEUED], str(uuid4())),
            (world.admin.id, str(uuid4())),
            ("acc_first", "acc_fitst"),
            (asset_urn(upload.id), asset_urn(unknown_file)),
            (webhook_id, f"wh_{uuid4().hex}"),
            *((each.id, f"dlv_{uuid4().hex}") for each in (delivery, callback)),
        ),
        secrets=(*ids, key_id, MARK, MARK.lower(), "acc_first", "ACoAAQuillfeather"),
        upload=upload,
        key_id=key_id,
    )
    for each in keys:
        await neighbours.enter(each)
    return neighbours


@pytest.fixture(scope="module")
async def settled(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Neighbours]:
    folder = tmp_path_factory.mktemp("neighbours")
    async with world_in(folder) as world:
        yield await settle(world, folder)


@pytest.fixture
async def neighbours(settled: Neighbours) -> Neighbours:
    """Let a new team ask, whose own tasks do not show yet what another test has sent."""
    settled.second, settled.keys["second"] = await settled.world.another_team()
    await settled.enter("second")
    return settled


def leaks(neighbours: Neighbours, answer: httpx.Response, sent: str = "") -> list[str]:
    """Return what of the first team's is in an answer, apart from what the caller has sent."""
    text = text_of(answer)
    for form in {sent, quote(sent, safe="")} - {""}:
        text = text.replace(form, "")
    return [secret for secret in neighbours.secrets if secret in text]


def seen(answer: httpx.Response, sent: str) -> tuple[int, str]:
    """Return what a caller could tell two answers apart by."""
    text = text_of(answer).replace(sent, "NAME").replace(quote(sent, safe=""), "NAME")
    return answer.status_code, NEW_ID.sub("ID", VARYING.sub("", text))


def pairs(
    neighbours: Neighbours, operation: Operation, call: Call
) -> list[tuple[Place, tuple[str, str]]]:
    """Return which names to try at which places; at those for tasks, one of each status."""
    keys = [(neighbours.key_id, str(uuid4()))]
    tasks = [(each, str(uuid4())) for each in neighbours.task_ids.values()]
    return [
        (place, names)
        for place in operation.places(call)
        for names in (
            *neighbours.names,
            *(tasks if re.search("task|cursor|before|^q$", place[-1]) else ()),
            *(keys if place[-1] == "key_id" else ()),
        )
    ]


def test_every_route_is_walked() -> None:
    """What the app answers to is described, and so walked here, or is the description itself."""
    app = create_app(cast("Store", None), SETTINGS)

    assert routes(app) == OPERATIONS.keys() | UNDESCRIBED | TOOLS | DOORS


@pytest.mark.parametrize("label", sorted(OPERATIONS.keys() - OPERATORS))
async def test_nothing_of_another_team_is_told_or_changed(
    neighbours: Neighbours, label: str
) -> None:
    """Its names are answered as nobody's are, to the letter; nothing of it is shown or changes."""
    operation = OPERATIONS[label]
    before = neighbours.firsts_rows()

    async with neighbours.client("second") as http:
        for call in operation.calls(await neighbours.own()):
            answer = await call.send(http)
            await neighbours.withdraw()
            assert answer.status_code < 400, f"not walked, but refused: {answer.text}"
            assert leaks(neighbours, answer) == []
        for place, (foreign, nobodys) in pairs(neighbours, operation, call):
            answers = []
            for name in (foreign, nobodys):
                answer = await call.naming(place, name).send(http)
                await neighbours.withdraw()
                assert leaks(neighbours, answer, name) == [], place
                answers.append(seen(answer, name))
            assert answers[0] == answers[1], place

    assert neighbours.firsts_rows() == before


@pytest.mark.parametrize("path", sorted(UNDESCRIBED))
async def test_the_description_tells_nothing_of_anybody(neighbours: Neighbours, path: str) -> None:
    """What is not described is the same for everybody, and holds nothing of the store."""
    async with neighbours.client("second") as http:
        answer = await http.get(path.removeprefix("GET "))

    assert leaks(neighbours, answer) == []


@pytest.mark.parametrize("label", sorted(OPERATORS))
async def test_what_is_the_operators_is_opened_by_no_teams_key(
    neighbours: Neighbours, label: str
) -> None:
    """It is about all teams, so that even the key of the one that owns everything is refused."""
    [call] = OPERATIONS[label].calls(await neighbours.own())
    for key in neighbours.keys:
        async with neighbours.client(key) as http:
            answer = await call.send(http)
        assert answer.status_code == 401
        assert leaks(neighbours, answer) == []


async def test_an_idempotency_key_is_its_teams_alone(neighbours: Neighbours) -> None:
    """A key and a content that another team has used are new, wherever something is created."""
    creating = [each for each in OPERATIONS.values() if each.label not in READS]
    async with neighbours.client("first") as first, neighbours.client("second") as second:
        for operation in creating:
            if "Idempotency-Key" not in str(operation.described.get("parameters")):
                continue
            used = f"used-{operation.described['operationId']}"
            theirs = operation.calls(await owned(neighbours.world, neighbours.world.admin))[0]
            given = await theirs.send(first, Idempotency_Key=used)
            call = operation.calls(await neighbours.own())[0]
            await neighbours.withdraw()
            before = neighbours.firsts_rows()
            answers = []
            for key in (used, used.replace("used", "free")):
                answer = await call.send(second, Idempotency_Key=key)
                await neighbours.withdraw()
                assert leaks(neighbours, answer) == [], operation.label
                answers.append(seen(answer, key))
            told = NEW_ID.findall(given.text)
            assert given.status_code < 400, operation.label
            assert answers[0] == answers[1], operation.label
            assert not any(each in str(answers) for each in told)
            assert neighbours.firsts_rows() == before


@pytest.mark.parametrize("label", sorted(OPERATIONS.keys() - OPERATORS))
async def test_a_read_only_key_changes_nothing(neighbours: Neighbours, label: str) -> None:
    """It is for looking at the team's own: all else is refused, and the store stays as it is."""
    own = await owned(neighbours.world, neighbours.world.admin)
    calls = OPERATIONS[label].calls(own)
    before = neighbours.rows()

    async with neighbours.client("reads") as http:
        answers = [await call.send(http) for call in calls]

    assert {each.status_code for each in answers} == ({200} if label in READS else {403})
    assert neighbours.rows() == before


async def test_who_may_only_read_takes_nobodys_answer(neighbours: Neighbours) -> None:
    """An outcome that a client has not got yet stands for its repetition, whoever looks at it."""
    world, path = neighbours.world, "/linkedin/follow"
    for_whom = {"profileId": "somebody-else"}
    async with neighbours.client("first") as first, neighbours.client("reads") as reads:
        accepted = await first.post(path, json=for_whom)
        task_id = accepted.json()["taskId"]
        await world.store.intake.cancel(task_id, team_id=world.team.id)
        looked = await reads.get(f"/tasks/{task_id}")
        owed_still = (await world.task(task_id)).answer_owed
        await first.get(f"/tasks/{task_id}")

    assert looked.status_code == 200
    assert owed_still
    assert not (await world.task(task_id)).answer_owed
