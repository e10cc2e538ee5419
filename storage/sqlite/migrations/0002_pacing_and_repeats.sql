-- What our own limits count, holds side by side, repeated requests, and a clock that is set.
--
-- A table is rebuilt where a column belongs before others or a key changes; nothing refers to
-- those that are. `tasks` gets its column at the end instead: rebuilding it would take long.

-- When an old session was first stored is not known; its last change is the safe answer, because
-- an account that looks younger only does less.
ALTER TABLE sessions RENAME TO sessions_0001;

CREATE TABLE sessions (
    member_id TEXT NOT NULL PRIMARY KEY REFERENCES members (id),
    health TEXT NOT NULL,
    profile_id TEXT,
    verified_at INTEGER,
    updated_at INTEGER NOT NULL,
    first_saved_at INTEGER NOT NULL,
    state BLOB NOT NULL,
    CONSTRAINT health_known
    CHECK (health IN ('signed_in', 'signed_out', 'challenge', 'restricted'))
) STRICT;

INSERT INTO sessions (
    member_id, health, profile_id, verified_at, updated_at, first_saved_at, state
)
SELECT member_id, health, profile_id, verified_at, updated_at, updated_at, state
FROM sessions_0001;

DROP TABLE sessions_0001;

-- An hour is far more than any lease has been taken for.
ALTER TABLE leases RENAME TO leases_0001;

CREATE TABLE leases (
    member_id TEXT NOT NULL PRIMARY KEY REFERENCES members (id),
    owner TEXT NOT NULL,
    token INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    ttl INTEGER NOT NULL,
    CONSTRAINT token_positive CHECK (token > 0)
) STRICT;

INSERT INTO leases (member_id, owner, token, expires_at, ttl)
SELECT member_id, owner, token, expires_at, 3600000000
FROM leases_0001;

DROP TABLE leases_0001;

-- The one reason that the first release knew is the first in the list.
ALTER TABLE holds RENAME TO holds_0001;

CREATE TABLE holds (
    member_id TEXT NOT NULL REFERENCES members (id),
    task_type TEXT NOT NULL,
    reason TEXT NOT NULL,
    until INTEGER NOT NULL,
    strikes INTEGER NOT NULL,
    PRIMARY KEY (member_id, task_type, reason),
    CONSTRAINT hold_reason_known CHECK (
        reason IN (
            'invitation_limit_reached', 'rate_limited', 'ui_changed', 'gap', 'day_cap',
            'week_cap', 'working_hours'
        )
    ),
    CONSTRAINT strikes_counted CHECK (strikes >= 0)
) STRICT, WITHOUT ROWID;

INSERT INTO holds (member_id, task_type, reason, until, strikes)
SELECT member_id, task_type, 'invitation_limit_reached', until, 0
FROM holds_0001;

DROP TABLE holds_0001;

ALTER TABLE tasks ADD COLUMN content_digest TEXT;

CREATE INDEX tasks_by_member ON tasks (team_id, member_id, task_type, status);

CREATE INDEX tasks_by_content ON tasks (member_id, task_type, content_digest)
WHERE content_digest IS NOT NULL AND status NOT IN ('failed', 'cancelled');

CREATE TABLE charges (
    task_seq INTEGER PRIMARY KEY REFERENCES tasks (seq),
    member_id TEXT NOT NULL REFERENCES members (id),
    task_type TEXT NOT NULL,
    at INTEGER NOT NULL,
    spread REAL NOT NULL,
    CONSTRAINT spread_is_a_part CHECK (spread BETWEEN 0 AND 1)
) STRICT;

-- What was submitted before there were charges counts like everything else.
INSERT INTO charges (task_seq, member_id, task_type, at, spread)
SELECT seq, member_id, task_type, submitted_at, 0.0
FROM tasks
WHERE submitted_at IS NOT NULL;

CREATE INDEX charges_by_member ON charges (member_id, at);

CREATE TABLE idempotency_keys (
    team_id TEXT NOT NULL REFERENCES teams (id),
    key TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    task_seq INTEGER NOT NULL REFERENCES tasks (seq),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (team_id, key)
) STRICT, WITHOUT ROWID;

CREATE INDEX idempotency_keys_by_end ON idempotency_keys (expires_at);

CREATE TABLE clock_anchor (
    id INTEGER PRIMARY KEY,
    boot TEXT NOT NULL,
    wall_ahead INTEGER NOT NULL,
    at INTEGER NOT NULL,
    last_event_seq INTEGER NOT NULL,
    CONSTRAINT one_anchor CHECK (id = 1)
) STRICT;

CREATE TABLE clock_steps (
    seq INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    moved_by INTEGER NOT NULL
) STRICT;

CREATE TABLE write_checks (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    CONSTRAINT one_check CHECK (id = 1)
) STRICT;
