"""The statements: all used, all sound, and none that reads more than it has to."""

from __future__ import annotations

import ast
import json
import re
import sqlite3
from contextlib import closing
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import storage.sqlite
from storage.sqlite.migrate import migrate, schema, statements
from storage.sqlite.queries import query
from storage.tasks import TaskStatus
from tests.storage.world import MovableClock

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(storage.sqlite.__file__).parent
NAMES = sorted(
    file.name.removesuffix(".sql") for file in files("storage.sqlite").joinpath("queries").iterdir()
)
CALLS = {"query", "run", "all", "few", "one", "only", "_change", "_end_badly", "_guarded"}
"""Functions and methods that take the name of a statement."""

SMALL = ("account", "waiting", "workable", "free", "bound", "line", "oldest", "kind", "chosen")
"""Parts of statements that are made of a few rows."""

ADMINISTRATION = {
    "tables": "reads the list of tables",
    "migrations_applied": "a handful of rows, once at the start",
    "list_teams": "returns all there are",
    "list_keys": "returns all there are",
    "list_sessions": "returns all there are",
    "task_tallies": "some rows for each type of task",
    "task_times": "some rows for each type of task",
    "queued_work": "what is queued, in its index; the rest are the groups of it",
    "locator_uses": "a row for each candidate that ever found something",
    "sealed_sessions": "all there are, when the key is changed",
    "sealed_secrets": "all there are, when the key is changed",
    "accounts_by_health": "one row for each member",
    "webhook_tallies": "two or three rows for each type of event",
    "webhook_backlog": "what is pending, in its index",
    "move_deliveries": "all that are pending, when the clock was set",
    "held_leases": "one row for each member",
    "runners": "one row for each process",
    "drop_silent_runners": "one row for each process",
    "move_runners": "all there are, when the clock was set",
    "lift_holds_for": "a few rows for each member",
    "move_charges": "all there are, when the clock was set",
    "move_holds": "all there are, when the clock was set",
    "move_leases": "all there are, when the clock was set",
    "move_keys": "all there are, when the clock was set",
    "move_dashboard_sessions": "all there are, when the clock was set",
    "drop_live_view_tokens": "all there are, when the clock was set",
    "drop_lease_requests": "all there are, when the clock was set",
    "move_uploads": "all there are, when the clock was set",
    "move_first_sessions": "all there are, when the clock was set",
    "move_paced_tasks": "all that are queued, when the clock was set",
}
"""Statements that may read a whole table, and why."""


@pytest.fixture(scope="module")
def connection() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    migrate(connection, MovableClock())
    yield connection
    connection.close()


def values_for(text: str) -> dict[str, object]:
    names = set(re.findall(r":([a-z_]+)", re.sub(r"--[^\n]*|'[^']*'", "", text)))
    values: dict[str, object] = dict.fromkeys(names, 1)
    if "statuses" in values:
        values["statuses"] = json.dumps([*TaskStatus])
    for name in values.keys() & {"digests", "reasons", "task_types", "busy", "opposites"}:
        values[name] = "[]"
    return values


def plan(connection: sqlite3.Connection, name: str) -> list[str]:
    text = query(name)
    rows = connection.execute(f"EXPLAIN QUERY PLAN {text}", values_for(text))
    return [row[3] for row in rows]


def names_in_code() -> set[str]:
    """Return every text that the package's code hands to a function which takes a name."""
    found = set()
    for file in PACKAGE.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "attr", getattr(node.func, "id", None))
            if name in CALLS:
                constants = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
                found |= {value for value in constants[:1] if isinstance(value, str)}
    return found


def test_every_statement_is_used_and_every_used_one_exists() -> None:
    """A file that nobody reads, and a name without a file, are both mistakes."""
    assert sorted(names_in_code()) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_file_holds_one_statement_with_its_intent(name: str) -> None:
    """A comment comes first; all parameters have names; no time comes from the database."""
    text = query(name)

    assert text.startswith("-- ")
    assert text.endswith("\n")
    assert len(list(statements(f"{text};"))) == 1
    assert "?" not in text
    assert not re.search(
        r"\b(now\(|current_|unixepoch|julianday|strftime|datetime\()", text, re.IGNORECASE
    )


@pytest.mark.parametrize("name", NAMES)
def test_a_statement_fits_the_schema(connection: sqlite3.Connection, name: str) -> None:
    """SQLite can prepare it with exactly the parameters it names."""
    assert plan(connection, name) is not None


@pytest.mark.parametrize("name", sorted(set(NAMES) - ADMINISTRATION.keys()))
def test_a_statement_never_reads_a_whole_table(connection: sqlite3.Connection, name: str) -> None:
    """Whatever grows with use is searched by an index, with a million tasks as with ten."""
    scans = [line for line in plan(connection, name) if line.startswith("SCAN")]
    harmless = [
        "SCAN CONSTANT ROW",
        "SCAN tasks USING INDEX tasks_in_hand",  # tasks that are running right now
        "SCAN teams USING COVERING INDEX",  # joined with each team's own newest tasks
        "SCAN wanted VIRTUAL TABLE",  # the wanted statuses
        "SCAN newest VIRTUAL TABLE",  # as many tasks as are listed
        "SCAN (subquery",  # the same
        "SCAN digest VIRTUAL TABLE",  # the names of one content
        "SCAN opposite VIRTUAL TABLE",  # what would undo one content, under its names
        "SCAN found VIRTUAL TABLE",  # as many conversations as were listed
        "SCAN busy VIRTUAL TABLE",  # as many targets as are told something right now
        "SCAN part VIRTUAL TABLE",  # the inside of one task's input
        *(f"SCAN {part}" for part in SMALL),
    ]

    assert [line for line in scans if not line.startswith(tuple(harmless))] == []


@pytest.mark.parametrize(
    ("name", "index"),
    [
        ("queued_work", "tasks_queued"),
        ("claim_task", "tasks_queued (member_id=? AND task_type=? AND not_before=?)"),
        ("claim_task", "tasks_queued (member_id=? AND task_type=? AND not_before<?)"),
        ("due_members", "tasks_queued (member_id=? AND task_type=? AND not_before=?)"),
        ("due_members", "tasks_queued (member_id=? AND task_type=? AND not_before<?)"),
        ("put_back_left_running", "tasks_in_hand (member_id=?)"),
        ("adopt_left_submitting", "tasks_in_hand (member_id=?)"),
        ("list_tasks", "tasks_by_status (team_id=? AND status=? AND rowid<?)"),
        (
            "list_tasks_of_type",
            "tasks_by_type (team_id=? AND task_type=? AND status=? AND rowid<?)",
        ),
        ("list_tasks_of_member", "tasks_by_member (team_id=? AND member_id=? AND task_type>?)"),
        (
            "list_tasks_of_member",
            "tasks_by_member (team_id=? AND member_id=? AND task_type=? AND status=? AND rowid<?)",
        ),
        (
            "task_of_content",
            "tasks_by_content (member_id=? AND task_type=? AND content_digest=?)",
        ),
        (
            "task_of_content",
            "tasks_by_content (member_id=? AND task_type=? AND content_digest=? AND rowid>?)",
        ),
        (
            "task_of_content",
            "tasks_by_member (team_id=? AND member_id=? AND task_type=? AND status=? AND rowid>?)",
        ),
        (
            "sent_before",
            "tasks_by_member (team_id=? AND member_id=? AND task_type=? AND status=? AND rowid>?",
        ),
        ("sent_before", "task_words_by_recipient (recipient_id=? AND words_digest=?)"),
        ("conversations_with", "conversations_by_person (member_id=? AND profile_id=?)"),
        ("charges_since", "charges_by_member (member_id=? AND at>?)"),
        ("drop_old_keys", "idempotency_keys_by_end (expires_at<?)"),
        (
            "view_task",
            "tasks_queued (member_id=? AND task_type=? AND not_before=? AND rowid>? AND rowid<?)",
        ),
        ("view_task", "tasks_queued (member_id=? AND task_type=? AND not_before<?)"),
        ("view_task", "tasks_awaited (member_id=? AND rowid<?)"),
        ("view_task", "tasks_awaited (member_id=? AND rowid>?)"),
        ("view_task", "charges_by_member (member_id=?)"),
        ("view_task", "task_events_by_task (task_seq=?)"),
        ("caller", "members_admins (team_id=?)"),
        ("claim_deliveries", "webhook_deliveries_of_target (target>?)"),
        ("claim_deliveries", "webhook_deliveries_of_target (target=? AND next_at<?)"),
        ("timeline_of_team", "task_events_by_task (task_seq=? AND rowid<?)"),
        ("timeline_of_task", "task_events_by_task (task_seq=? AND rowid>?)"),
        ("timeline_place", "task_events_by_task (task_seq=?)"),
        ("list_deliveries", "webhook_endpoints_by_team (team_id=?)"),
        ("list_deliveries", "webhook_deliveries_by_endpoint (endpoint_id=? AND seq<?)"),
        ("list_deliveries_of_task", "webhook_events_by_task (task_seq=?)"),
        ("list_deliveries_of_task", "webhook_deliveries_once (event_seq=?)"),
        ("drop_old_events", "webhook_events_by_time (at<?)"),
        ("add_webhook_event", "webhook_events_by_subject (subject=? AND at>?)"),
        ("waiting_longest", "tasks_by_status (team_id=? AND status=?)"),
        ("unreviewed_tasks", "tasks_by_status (team_id=? AND status=?)"),
        ("unfinished_by_status", "tasks_by_status (team_id=? AND status=?)"),
    ],
)
def test_a_statement_uses_its_index(connection: sqlite3.Connection, name: str, index: str) -> None:
    """With all columns that the index offers for it."""
    assert any(f"INDEX {index}" in line for line in plan(connection, name))


def test_the_days_of_a_plot_are_read_and_no_task(connection: sqlite3.Connection) -> None:
    """A fortnight costs the same, however much was done in it."""
    assert plan(connection, "ended_by_day") == [
        "SEARCH day_tallies USING PRIMARY KEY (team_id=? AND day>?)"
    ]


def test_a_search_ends_with_the_last_task_that_is_wanted(connection: sqlite3.Connection) -> None:
    """Tasks come in their own order: nothing is collected first, to be sorted and thrown away."""
    sorts = [line for line in plan(connection, "list_tasks_about") if "TEMP B-TREE" in line]

    assert sorts == []


def test_no_statement_stands_in_python() -> None:
    """SQL lives in `.sql` files; Python knows transactions and pragmas only."""
    words = re.compile(r"\b(SELECT|INSERT INTO|UPDATE \w+ SET|DELETE FROM|CREATE TABLE)\b")

    found = [file.name for file in PACKAGE.glob("*.py") if words.search(file.read_text())]

    assert found == []


def test_steps_through_queued_work_depend_on_types_not_on_tasks(
    connection: sqlite3.Connection,
) -> None:
    """Thousands of tasks behind a hold cost as little as one: counted in SQLite's own steps.

    Looking at the first of them is no dearer either: those behind it are not counted.
    """
    add_accounts(connection, 3)
    queue_for_later(connection, 20)
    names = ("due_members", "claim_task", "view_task")
    few = {name: steps(connection, name) for name in names}
    queue_for_later(connection, 20_000)

    many = {name: steps(connection, name) for name in names}

    assert all(many[name] <= few[name] * 2 for name in few)


def test_a_place_costs_nothing_of_what_is_for_later() -> None:
    """Who is due is looked at as cheaply behind thousands that are not."""
    taken = []
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        migrate(connection, MovableClock())
        for name, count in (("few", 20), ("many", 20_000)):
            queue_for_later(connection, count)
            connection.execute(
                """
                INSERT INTO tasks (
                    id, team_id, member_id, dialect, task_type, is_write, status, created_at,
                    attempts, request, input
                ) VALUES (?, 't', 'm1', 'outx', 'send_message', 1, 'queued', 1, 0, '{}', '{}')
                """,
                [name],
            )
            taken.append(steps(connection, "view_task", task_id=name))

    assert taken[1] <= taken[0] * 2


def add_accounts(connection: sqlite3.Connection, count: int) -> None:
    connection.execute("INSERT INTO teams VALUES ('t', 'T', 1)")
    for statement in (
        "INSERT INTO members VALUES (?, 't', 'M', 'admin', 1, NULL)",
        "INSERT INTO sessions VALUES (?, 'signed_in', NULL, 1, 1, 1, 1, x'00')",
        "INSERT INTO holds VALUES (?, 'invite', 'gap', 9000000, 0)",
    ):
        connection.executemany(statement, [(f"m{n}",) for n in range(count)])


def queue_for_later(connection: sqlite3.Connection, count: int) -> None:
    """Queue tasks of three accounts which are on hold, or not due yet."""
    connection.execute(
        """
        WITH RECURSIVE n (i) AS (
            SELECT (SELECT count(*) FROM tasks)
            UNION ALL
            SELECT i + 1 FROM n LIMIT :count
        )
        INSERT INTO tasks (
            id, team_id, member_id, dialect, task_type, is_write, status, created_at, not_before,
            attempts, request, input
        )
        SELECT
            'task' || i, 't', 'm' || (i % 3), 'outx', iif(i % 2, 'invite', 'send_message'), 1,
            'queued', 1, iif(i % 2, NULL, 9000000), 0, '{}', '{}'
        FROM n
        """,
        {"count": count},
    )


def steps(connection: sqlite3.Connection, name: str, *, task_id: str = "task1") -> int:
    """Return how many instructions of its virtual machine SQLite needs, in hundreds."""
    taken = 0

    def count() -> None:
        nonlocal taken
        taken += 1

    text = query(name)
    connection.set_progress_handler(count, 100)
    values = {"now": 1000, "member_id": "m1", "team_id": "t", "task_id": task_id}
    connection.execute(text, {**values_for(text), **values}).fetchall()
    connection.set_progress_handler(None, 0)
    return taken


def test_the_schema_says_what_it_is_for() -> None:
    """The first thing in it is a comment."""
    assert schema().startswith("-- ")
