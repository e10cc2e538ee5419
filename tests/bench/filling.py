"""A database that has been in use for long: rows by the million, in bulk."""

from __future__ import annotations

import json
import sqlite3
import time
from contextlib import closing
from typing import TYPE_CHECKING
from uuid import uuid4

if TYPE_CHECKING:
    from tests.bench.place import Place

PER_DAY = 1_000
"""Tasks of a day, at most: what twenty accounts do that write fifty times each."""
DAYS = 20
"""How old every database is at least: more than the dashboard's plots show."""
LAST_DAY = 500
"""Tasks of the last day, which much of the dashboard is about: as many in every database."""
QUEUED = 100
"""Tasks that have not ended, the newest ones: a backlog grows with a day's work, not with age."""

_TASKS = """
INSERT INTO tasks (
    id, team_id, member_id, dialect, task_type, is_write, status, created_at, attempts,
    started_at, submitted_at, finished_at, error, baseline, evidence, request, input, output,
    content_digest
)
WITH RECURSIVE numbers (n) AS (
    VALUES (1) UNION ALL SELECT n + 1 FROM numbers WHERE n < :tasks
),
drawn AS (
    SELECT
        n,
        lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4'
            || substr(hex(randomblob(2)), 2) || '-a' || substr(hex(randomblob(2)), 2) || '-'
            || hex(randomblob(6))) AS id,
        json_extract(:members, '$[' || (n % json_array_length(:members)) || ']') AS member_id,
        iif(
            n > :tasks - :last_day,
            :now - (:tasks - n) * (86400000000 / :last_day),
            :now - 86400000000 - (:tasks - :last_day - n) * (86400000000 / :per_day)
        ) AS at,
        n % 3 > 0 AS is_write,
        CASE n % 3 WHEN 0 THEN 'fetch_profile' WHEN 1 THEN 'send_message'
            ELSE 'send_connection_request' END AS task_type,
        CASE
            WHEN n > :tasks - :queued THEN 'queued'
            WHEN n % 20 = 7 THEN 'failed'
            WHEN n % 3 > 0 AND n % 1000 = 1 THEN 'unconfirmed'
            ELSE 'succeeded'
        END AS status,
        json_object('recipient', json_object('profile_id', 'ACoAA' || hex(randomblob(8))),
            'message', 'Hello, this is message number ' || n || '. ' || hex(randomblob(60))) AS told
    FROM numbers
)
SELECT
    id,
    :team_id,
    member_id,
    'outx',
    task_type,
    is_write,
    status,
    at,
    iif(status = 'queued', 0, 1),
    iif(status = 'queued', NULL, at + 1000000),
    iif(is_write AND status IN ('succeeded', 'unconfirmed'), at + 2000000, NULL),
    iif(status = 'queued', NULL, at + 3000000),
    iif(status IN ('failed', 'unconfirmed'),
        json_object('code', iif(status = 'failed', 'not_connected', 'unconfirmed'),
            'message', 'Something happened.', 'retry_safe', json('true')), NULL),
    iif(is_write AND status IN ('succeeded', 'unconfirmed'),
        json_object('urns', json_array(hex(randomblob(40)))), NULL),
    iif(status = 'succeeded', json_object('method', 'network', 'status', 200), NULL),
    told,
    told,
    iif(status = 'succeeded', json_object('recipient_profile_id', hex(randomblob(16))), NULL),
    iif(is_write, lower(hex(randomblob(32))), NULL)
FROM drawn
"""
_EVENTS = """
INSERT INTO task_events (task_seq, at, name, detail)
SELECT tasks.seq, tasks.created_at, name.value, '{}'
FROM tasks
JOIN json_each('["accepted", "claimed", "submitting", "leaving", "succeeded"]') AS name
WHERE
    name.key = 0
    OR (tasks.started_at IS NOT NULL AND name.key IN (1, 4))
    OR (tasks.submitted_at IS NOT NULL AND name.key IN (2, 3))
"""
_CHARGES = """
INSERT INTO charges (task_seq, member_id, task_type, at, spread)
SELECT seq, member_id, task_type, submitted_at, 0.5
FROM tasks
WHERE submitted_at IS NOT NULL
"""
_REVIEWS = """
INSERT INTO reviewed_tasks (task_seq, at)
SELECT seq, finished_at
FROM tasks
WHERE team_id = :team_id AND status = 'unconfirmed'
ORDER BY seq DESC
LIMIT -1 OFFSET 1
"""
"""Somebody has looked into everything that nobody could prove, but for the newest."""
_TALLIES = (
    """
    CREATE TEMPORARY TABLE ended AS
    SELECT
        team_id, task_type, is_write, status, coalesce(error ->> 'code', '') AS code,
        finished_at / 86400000000 AS day, count(*) AS tasks
    FROM tasks
    WHERE finished_at IS NOT NULL
    GROUP BY 1, 2, 3, 4, 5, 6
    """,
    """
    INSERT INTO task_tallies (task_type, outcome, code, tasks)
    SELECT task_type, status, code, sum(tasks) FROM ended GROUP BY 1, 2, 3
    """,
    """
    INSERT INTO day_tallies (team_id, day, is_write, outcome, tasks)
    SELECT team_id, day, is_write, status, sum(tasks) FROM ended GROUP BY 1, 2, 3, 4
    """,
)
"""What triggers count as tasks end; these have been put in ended."""
_QUEUED_TASK = """
INSERT INTO tasks (
    id, team_id, member_id, dialect, task_type, is_write, status, created_at, attempts, request,
    input
)
VALUES (
    :id, :team_id, :member_id, 'outx', 'send_message', 1, 'queued', :now, 0, '{}', '{}'
)
"""

_WITHDRAWN = """
UPDATE tasks
SET
    status = 'cancelled',
    not_before = NULL,
    wait_reason = NULL,
    finished_at = :now,
    error = json_object('code', 'cancelled', 'message', 'Withdrawn.', 'retry_safe', json('true'))
WHERE status = 'queued'
"""


def empty_queue(place: Place) -> None:
    """Withdraw everything that is queued, beside a program that runs."""
    with closing(sqlite3.connect(place.storage.database_path)) as connection, connection:
        connection.execute(_WITHDRAWN, {"now": time.time_ns() // 1000})


def fill(place: Place, tasks: int) -> None:
    """Put so many tasks into an empty database, mostly ended, the newest of them just now."""
    last_day = min(LAST_DAY, tasks // 2)
    with closing(sqlite3.connect(place.storage.database_path, isolation_level=None)) as connection:
        # Whatever goes wrong, the whole directory is thrown away.
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA cache_size = -500000")
        connection.execute("BEGIN")
        connection.execute(
            _TASKS,
            {
                "tasks": tasks,
                "queued": min(QUEUED, tasks // 5),
                "last_day": last_day,
                "per_day": max(1, min(PER_DAY, (tasks - last_day) // DAYS)),
                "members": json.dumps(place.members),
                "team_id": place.team_id,
                "now": time.time_ns() // 1000 - 5_000_000,
            },
        )
        connection.execute(_EVENTS)
        connection.execute(_CHARGES)
        connection.execute(_REVIEWS, {"team_id": place.team_id})
        for tally in _TALLIES:
            connection.execute(tally)
        connection.execute("COMMIT")
        connection.execute("PRAGMA journal_mode = WAL")


def some_ids(place: Place, number: int) -> list[str]:
    """Return the ids of tasks of every age, in no order."""
    with closing(sqlite3.connect(place.storage.database_path)) as connection:
        (tasks,) = connection.execute("SELECT max(seq) FROM tasks").fetchone()
        step = max(1, tasks // number)
        return [
            row[0]
            for row in connection.execute(
                "SELECT id FROM tasks WHERE seq % ? = 0 ORDER BY random() LIMIT ?", (step, number)
            )
        ]


def queue_up(place: Place, member_id: str, tasks: int) -> list[str]:
    """Queue so many messages of an account, and return their ids, the first to go out first."""
    ids = [str(uuid4()) for _ in range(tasks)]
    values = {"team_id": place.team_id, "member_id": member_id, "now": time.time_ns() // 1000}
    with closing(sqlite3.connect(place.storage.database_path)) as connection, connection:
        connection.executemany(_QUEUED_TASK, [{"id": each, **values} for each in ids])
    return ids
