"""The table refuses what the program must never store."""

from __future__ import annotations

import re
import sqlite3
from typing import TYPE_CHECKING

import pytest

from storage.limits import HoldReason
from storage.sessions import SessionHealth
from storage.sqlite.migrate import migrate, schema
from storage.tasks import TaskStatus, WaitReason
from storage.teams import Role, Scope
from storage.webhooks import DeliveryError, DeliveryState, DisabledReason, EventType
from tests.storage.world import MovableClock

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from enum import StrEnum

QUEUED: dict[str, object] = {
    "id": "task",
    "team_id": "t",
    "member_id": "m",
    "dialect": "outx",
    "task_type": "send_message",
    "is_write": 1,
    "status": "queued",
    "created_at": 1,
    "attempts": 0,
    "request": "{}",
    "input": "{}",
}
RUNNING = {"status": "running", "attempts": 1, "lease_token": 1, "started_at": 1}
SUBMITTING = {**RUNNING, "status": "submitting", "submitted_at": 1, "baseline": "{}"}
ERROR = '{"code":"x","message":"y","retry_safe":true}'
SUCCEEDED = {"status": "succeeded", "finished_at": 1, "output": "{}", "evidence": "{}"}
FAILED = {"status": "failed", "finished_at": 1, "error": ERROR}
UNCONFIRMED = {**FAILED, "status": "unconfirmed", "submitted_at": 1, "baseline": "{}"}
CANCELLED = {**FAILED, "status": "cancelled"}

SOUND = {
    "queued": {},
    "queued for later": {"not_before": 5, "wait_reason": "pacing"},
    "running": RUNNING,
    "submitting": SUBMITTING,
    "succeeded": SUCCEEDED,
    "succeeded write": {**SUCCEEDED, "submitted_at": 1, "baseline": "{}"},
    "failed": FAILED,
    "failed write": {**FAILED, "submitted_at": 1, "baseline": "{}", "evidence": "{}"},
    "unconfirmed": UNCONFIRMED,
    "cancelled": CANCELLED,
}

BROKEN = [
    ("status_known", {"status": "done"}),
    ("is_write_boolean", {"is_write": 2}),
    ("answer_owed_boolean", {"answer_owed": 2}),
    ("attempts_counted", {"attempts": -1}),
    ("attempts_counted", {**RUNNING, "attempts": 0}),
    ("wait_reason_known", {"wait_reason": "boredom"}),
    ("waits_only_when_queued", {**RUNNING, "not_before": 5}),
    ("waits_only_when_queued", {**FAILED, "wait_reason": "limit"}),
    ("leased_iff_in_hand", {"lease_token": 1}),
    ("leased_iff_in_hand", {**RUNNING, "lease_token": None}),
    ("leased_iff_in_hand", {**SUBMITTING, "lease_token": None}),
    ("leased_iff_in_hand", {**SUCCEEDED, "lease_token": 1}),
    ("started_when_in_hand", {**RUNNING, "started_at": None}),
    ("finished_iff_final", {"finished_at": 1}),
    ("finished_iff_final", {**SUCCEEDED, "finished_at": None}),
    ("finished_iff_final", {**FAILED, "finished_at": None}),
    ("finished_iff_final", {**UNCONFIRMED, "finished_at": None}),
    ("finished_iff_final", {**CANCELLED, "finished_at": None}),
    ("submits_only_writes", {**SUBMITTING, "is_write": 0}),
    ("submits_only_writes", {**UNCONFIRMED, "is_write": 0}),
    ("submitted_when_past_return", {**SUBMITTING, "submitted_at": None, "baseline": None}),
    ("submitted_when_past_return", {**UNCONFIRMED, "submitted_at": None, "baseline": None}),
    ("submitted_never_goes_back", {**RUNNING, "submitted_at": 1, "baseline": "{}"}),
    ("submitted_never_goes_back", {"submitted_at": 1, "baseline": "{}"}),
    ("submitted_never_goes_back", {**CANCELLED, "submitted_at": 1, "baseline": "{}"}),
    ("baseline_iff_submitted", {**SUBMITTING, "baseline": None}),
    ("baseline_iff_submitted", {"baseline": "{}"}),
    ("error_iff_not_done", {**FAILED, "error": None}),
    ("error_iff_not_done", {**UNCONFIRMED, "error": None}),
    ("error_iff_not_done", {**CANCELLED, "error": None}),
    ("error_iff_not_done", {**SUCCEEDED, "error": ERROR}),
    ("output_iff_done", {**FAILED, "output": "{}"}),
    ("output_iff_done", {**SUCCEEDED, "output": None}),
    ("evidence_when_done", {**SUCCEEDED, "evidence": None}),
    ("evidence_only_at_the_end", {**RUNNING, "evidence": "{}"}),
    ("error_json", {**FAILED, "error": "{}"}),
    ("baseline_json", {**SUBMITTING, "baseline": "[]"}),
    ("evidence_json", {**SUCCEEDED, "evidence": "nothing"}),
    ("request_json", {"request": "nothing"}),
    ("input_json", {"input": "[]"}),
    ("output_json", {**SUCCEEDED, "output": "1"}),
]


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    migrate(connection, MovableClock())
    connection.execute("PRAGMA foreign_keys = ON")
    connection.executescript(
        "INSERT INTO teams VALUES ('t', 'T', 1);"
        "INSERT INTO members VALUES ('m', 't', 'M', 'admin', 1, NULL);"
    )
    yield connection
    connection.close()


def insert(connection: sqlite3.Connection, changes: Mapping[str, object]) -> None:
    row = {**QUEUED, **changes}
    columns, marks = ", ".join(row), ", ".join(f":{name}" for name in row)
    connection.execute(f"INSERT INTO tasks ({columns}) VALUES ({marks})", row)  # noqa: S608 - own names


@pytest.mark.parametrize("changes", SOUND.values(), ids=SOUND)
def test_a_sound_task_is_stored(
    connection: sqlite3.Connection, changes: Mapping[str, object]
) -> None:
    """Each state has at least one form that the table accepts."""
    insert(connection, changes)


@pytest.mark.parametrize(("constraint", "changes"), BROKEN)
def test_a_task_that_contradicts_itself_is_refused(
    connection: sqlite3.Connection, constraint: str, changes: Mapping[str, object]
) -> None:
    """By the constraint that is meant for it."""
    with pytest.raises(sqlite3.IntegrityError, match=constraint):
        insert(connection, changes)


def test_every_constraint_on_tasks_has_been_tried() -> None:
    """A constraint without a test may as well be missing."""
    tasks = schema().split("CREATE TABLE tasks (")[1].split("STRICT")[0]

    named = set(re.findall(r"CONSTRAINT (\w+)", tasks))

    assert named == {constraint for constraint, _ in BROKEN}


ENDPOINT = "INSERT INTO webhook_endpoints VALUES ('w', 't',"
EVENT = "INSERT INTO webhook_events VALUES (1, 'e', 't',"
DELIVERY = "INSERT INTO webhook_deliveries VALUES (1, 'd', 1, 'w', NULL, 'w',"
OTHERS = {
    "ranked_iff_found": "INSERT INTO locator_uses VALUES ('profile.name', '', 0, 1, 1)",
    "memory_counted": "INSERT INTO runners VALUES ('host:1:0', 1, 1, -1)",
    "tally_known": "INSERT INTO runner_tallies VALUES ('sighs', 1)",
    "hold_reason_known": "INSERT INTO holds VALUES ('m', '', 'boredom', 1, 0)",
    "strikes_counted": "INSERT INTO holds VALUES ('m', '', 'gap', 1, -1)",
    "spread_is_a_part": "INSERT INTO charges VALUES (1, 'm', 'send_message', 1, 1.5)",
    "one_anchor": "INSERT INTO clock_anchor VALUES (2, 'boot', 1, 1, 0)",
    "byte_size_positive": (
        "INSERT INTO uploads VALUES ('u', 't', 'm', 'a.pdf', 'application/pdf', 0, 1, 1, 2)"
    ),
    "step_known": "INSERT INTO task_times VALUES ('send_message', 'rest', 1, 1, 1)",
    "day_is_write_boolean": "INSERT INTO day_tallies VALUES ('t', 1, 2, 'failed', 1)",
    "day_outcome_final": "INSERT INTO day_tallies VALUES ('t', 1, 1, 'running', 1)",
    "one_check": "INSERT INTO write_checks VALUES (2, 1)",
    "token_positive": "INSERT INTO leases VALUES ('m', 'a', 0, 1, 1)",
    "health_known": "INSERT INTO sessions VALUES ('m', 'bored', NULL, 1, 1, 1, 1, x'00')",
    "role_known": "INSERT INTO members VALUES ('n', 't', 'N', 'guest', 1, NULL)",
    "scope_known": "INSERT INTO api_keys VALUES ('k', 't', 'K', 'd', 'h', 'some', 1, NULL)",
    "event_types_json": f"{ENDPOINT} 'x', '{{}}', 1, NULL, NULL, x'00', NULL, NULL)",
    "disabled_reason_known": f"{ENDPOINT} 'x', NULL, 1, 2, 'boredom', x'00', NULL, NULL)",
    "disabled_for_a_reason": f"{ENDPOINT} 'x', NULL, 1, 2, NULL, x'00', NULL, NULL)",
    "callbacks_stay_enabled": f"{ENDPOINT} NULL, NULL, 1, 2, 'gone', x'00', NULL, NULL)",
    "old_secret_ends": f"{ENDPOINT} 'x', NULL, 1, NULL, NULL, x'00', x'00', NULL)",
    "event_type_known": f"{EVENT} 'task.begun', 1, NULL, NULL, '{{}}', NULL, 1)",
    "event_detail_json": f"{EVENT} 'webhook.test', 1, NULL, NULL, '[]', NULL, 1)",
    "fans_out_boolean": f"{EVENT} 'webhook.test', 1, NULL, NULL, '{{}}', NULL, 2)",
    "delivery_state_known": f"{DELIVERY} 'lost', 0, NULL, NULL, NULL, NULL, NULL)",
    "delivery_attempts_counted": f"{DELIVERY} 'dead', -1, NULL, NULL, NULL, NULL, NULL)",
    "next_iff_pending": f"{DELIVERY} 'pending', 0, NULL, NULL, NULL, NULL, NULL)",
    "claimed_only_pending": f"{DELIVERY} 'dead', 1, NULL, 5, NULL, NULL, NULL)",
    "delivery_error_known": f"{DELIVERY} 'dead', 1, NULL, NULL, 1, 1, 'boredom')",
    "block_not_empty": "INSERT INTO queue_blocks VALUES ('m', 'send_message', 1, 0)",
    "guarded_by_both": "INSERT INTO task_words VALUES (1, 'd', NULL, 1, NULL)",
    "detail_json": "INSERT INTO task_events VALUES (1, 1, 1, 'accepted', '[]')",
}
"""What the other tables refuse, by constraint."""


@pytest.mark.parametrize("constraint", OTHERS)
def test_other_tables_refuse_what_makes_no_sense(
    connection: sqlite3.Connection, constraint: str
) -> None:
    """By the constraint that is meant for it."""
    insert(connection, {})

    with pytest.raises(sqlite3.IntegrityError, match=constraint):
        connection.execute(OTHERS[constraint])


def test_every_constraint_on_other_tables_has_been_tried() -> None:
    """As for tasks."""
    tasks = schema().split("CREATE TABLE tasks (")[1].split("STRICT")[0]

    named = set(re.findall(r"CONSTRAINT (\w+)", schema().replace(tasks, "")))

    assert named == OTHERS.keys()


def test_a_task_is_charged_once(connection: sqlite3.Connection) -> None:
    """A second charge would be a second click."""
    insert(connection, {})
    connection.execute("INSERT INTO charges VALUES (1, 'm', 'send_message', 1, 0)")

    with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
        connection.execute("INSERT INTO charges VALUES (1, 'm', 'send_message', 2, 0)")


@pytest.mark.parametrize(
    ("constraint", "words"),
    [
        ("status_known", TaskStatus),
        # A pause is kept with the account, and with none of its tasks.
        ("wait_reason_known", set(WaitReason) - {WaitReason.PAUSED}),
        ("day_outcome_final", {status for status in TaskStatus if status.is_final}),
        ("health_known", SessionHealth),
        ("role_known", Role),
        ("scope_known", Scope),
        ("hold_reason_known", HoldReason),
        ("event_type_known", EventType),
        ("delivery_state_known", DeliveryState),
        ("delivery_error_known", DeliveryError),
        ("disabled_reason_known", DisabledReason),
    ],
)
def test_the_lists_in_the_schema_are_those_of_the_program(
    constraint: str, words: Iterable[StrEnum]
) -> None:
    """A new word needs a migration, and this reminds of it."""
    text = schema().split(f"CONSTRAINT {constraint}")[1]
    listed = text[text.index(" IN (") : text.index(")")]

    assert sorted(re.findall(r"'([\w.]+)'", listed)) == sorted(word.value for word in words)


def test_every_table_is_strict() -> None:
    """A text in a column of numbers is a mistake, and SQLite would keep it otherwise."""
    ends = re.findall(r"^\)(.*);$", schema(), re.MULTILINE)

    assert len(ends) == schema().count("CREATE TABLE")
    assert all("STRICT" in end for end in ends)
