"""A database of the first release, with rows in it, brought up to date."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from storage.limits import Charge, HoldReason
from storage.sqlite import SqliteStore
from storage.sqlite.migrate import known_migrations, migrate
from storage.tasks import TaskFilter, TaskStatus
from tests.storage.world import START, TTL, MovableClock, World

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from storage.secrets import StateCipher

HOUR = timedelta(hours=1)


def micros(time: datetime) -> int:
    return (time - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


def first_release(path: Path, state: bytes) -> None:
    """Make a database as the first release left it, in the middle of its work."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        migrate(connection, MovableClock(), migrations=known_migrations()[:1], from_schema=False)
        connection.execute("INSERT INTO teams VALUES ('t', 'Acme', 1)")
        connection.execute("INSERT INTO members VALUES ('m', 't', 'Ada', 'admin', 1)")
        connection.execute(
            "INSERT INTO sessions VALUES ('m', 'signed_in', 'ACoA1', 5, ?, ?)",
            (micros(START - HOUR), state),
        )
        connection.execute("INSERT INTO leases VALUES ('m', 'host:1:0', 7, 1)")
        connection.execute(
            "INSERT INTO holds VALUES ('m', 'invite', ?, 'invitation_limit_reached')",
            (micros(START + HOUR),),
        )
        for status, submitted, lease in (
            ("queued", None, None),
            ("submitting", START - HOUR, 7),
            ("succeeded", START - 2 * HOUR, None),
            ("unconfirmed", START - 3 * HOUR, None),
            ("cancelled", None, None),
        ):
            final = status not in {"queued", "submitting"}
            connection.execute(
                """
                INSERT INTO tasks (
                    id, team_id, member_id, dialect, task_type, is_write, status, created_at,
                    attempts, lease_token, started_at, submitted_at, finished_at, error, baseline,
                    evidence, request, input, output
                )
                VALUES (?1, 't', 'm', 'outx', 'send_message', 1, ?1, 1, 1, ?2, 1, ?3, ?4, ?5, ?6,
                ?7, '{}', '{}', ?7)
                """,
                (
                    status,
                    lease,
                    None if submitted is None else micros(submitted),
                    1 if final else None,
                    '{"code":"cancelled","message":"x","retry_safe":true}'
                    if status in {"unconfirmed", "cancelled"}
                    else None,
                    None if submitted is None else '{"own_items":2}',
                    "{}" if status == "succeeded" else None,
                ),
            )
            connection.execute(
                "INSERT INTO task_events (task_seq, at, name, detail)"
                " VALUES (last_insert_rowid(), 1, 'accepted', '{}')"
            )


@pytest.fixture
async def world(database: Path, cipher: StateCipher, clock: MovableClock) -> AsyncIterator[World]:
    database.parent.mkdir()
    first_release(database, cipher.encrypt({"cookies": [1]}))
    store = await SqliteStore.open(database, cipher=cipher, clock=clock)
    yield World(store=store, clock=clock, team_id="t", member_id="m")
    await store.close()


async def test_every_task_is_there_as_it_was(world: World) -> None:
    """With its timeline, and without content that anything could be compared with."""
    for status in ("queued", "submitting", "succeeded", "unconfirmed", "cancelled"):
        assert (await world.task(status)).status == status
        assert await world.events(status) == ["accepted"]
    submitting = await world.task("submitting")
    assert submitting.baseline == {"own_items": 2}


async def test_what_was_submitted_is_charged(world: World) -> None:
    """No limit forgets what an earlier release did."""
    charges = await world.store.limits.charges("m", since=START - 7 * 24 * HOUR)

    assert list(charges) == [
        Charge(task_type="send_message", at=START - hours * HOUR, spread=0.0) for hours in (1, 2, 3)
    ]


async def test_the_hold_is_still_in_force(world: World) -> None:
    """For the one reason that there was."""
    (hold,) = await world.store.limits.holds("m")

    assert (hold.task_type, hold.reason, hold.until, hold.strikes) == (
        "invite",
        HoldReason.INVITATION_LIMIT,
        START + HOUR,
        0,
    )


async def test_the_session_opens_and_is_as_old_as_is_known(world: World) -> None:
    """Its last change is the earliest time that is certain."""
    opened = await world.store.sessions.open("m")

    assert opened is not None
    assert opened.state == {"cookies": [1]}
    assert opened.session.first_saved_at == START - HOUR
    assert opened.session.profile_id == "ACoA1"


async def test_work_goes_on_where_it_stopped(world: World) -> None:
    """No token is handed out twice, and what was being submitted is taken over."""
    assert list(await world.store.leases.due()) == ["m"]
    lease = await world.store.leases.acquire("m", owner="b", ttl=TTL)

    assert lease is not None
    assert lease.token == 8
    (adopted,) = await world.store.queue.recover(lease)
    assert adopted.id == "submitting"
    await world.store.queue.leaving(lease, adopted.id, marks={"token": "x"})
    assert (await world.claim(lease)).id == "queued"
    await world.store.queue.submitting(lease, "queued", baseline={})
    assert len(await world.store.limits.charges("m", since=START - 24 * HOUR)) == 4
    submitting = TaskFilter(member_id="m", statuses=frozenset({TaskStatus.SUBMITTING}))
    assert len(await world.store.reports.list(submitting)) == 2


async def test_what_has_ended_is_counted(world: World) -> None:
    """Counters go on from what an earlier release did; how long that took is not known."""
    ended = await world.store.measures.ended()

    assert {(each.outcome.value, each.code): each.tasks for each in ended} == {
        ("cancelled", "cancelled"): 1,
        ("succeeded", None): 1,
        ("unconfirmed", "cancelled"): 1,
    }
    assert list(await world.store.measures.took()) == []


async def test_what_has_ended_is_counted_on_its_day(world: World) -> None:
    """The days of an earlier release are in the plot, and what ends from then on joins them."""
    await world.store.intake.cancel("queued", team_id="t")

    counted = await world.store.reports.ended_by_day("t", since=date(1970, 1, 1))

    first, today = date(1970, 1, 1), START.date()
    assert [(each.day, each.is_write, each.tasks) for each in counted] == [
        (first, True, {"succeeded": 1, "unconfirmed": 1, "cancelled": 1}),
        (today, True, {"cancelled": 1}),
    ]


async def test_what_is_queued_has_its_place(world: World) -> None:
    """In front of whatever comes later."""
    later = await world.add()

    views = [await world.store.reports.view(each) for each in ("queued", later.id)]

    assert [view and view.position for view in views] == [1, 2]
