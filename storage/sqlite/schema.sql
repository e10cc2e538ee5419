-- The whole truth for a new database. The numbered files in `migrations/` bring an older one to
-- the same place; a test compares the two.
--
-- Times are microseconds since 1970 in UTC and always come from the program's clock, never from
-- the database's. JSON columns hold objects. `CHECK`s repeat what `storage/tasks.py` promises, so
-- that a mistake in a query cannot be stored.

CREATE TABLE schema_migrations (
    version INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    applied_at INTEGER NOT NULL
) STRICT;

CREATE TABLE teams (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE members (
    id TEXT NOT NULL PRIMARY KEY,
    team_id TEXT NOT NULL REFERENCES teams (id),
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    joined_at INTEGER NOT NULL,
    UNIQUE (team_id, id),
    CONSTRAINT role_known CHECK (role IN ('admin', 'member'))
) STRICT;

CREATE INDEX members_by_team ON members (team_id, joined_at, id);
CREATE INDEX members_admins ON members (team_id, joined_at, id) WHERE role = 'admin';

-- What clients call an account, when they know it from another service.
CREATE TABLE account_aliases (
    team_id TEXT NOT NULL,
    alias TEXT NOT NULL,
    member_id TEXT NOT NULL,
    PRIMARY KEY (team_id, alias),
    FOREIGN KEY (team_id, member_id) REFERENCES members (team_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE api_keys (
    id TEXT NOT NULL PRIMARY KEY,
    team_id TEXT NOT NULL REFERENCES teams (id),
    name TEXT NOT NULL,
    digest TEXT NOT NULL UNIQUE,
    hint TEXT NOT NULL,
    scope TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    revoked_at INTEGER,
    CONSTRAINT scope_known CHECK (scope IN ('full', 'read'))
) STRICT;

CREATE INDEX api_keys_by_team ON api_keys (team_id, created_at, id);

-- `state` comes last: reading the other columns then never touches its overflow pages.
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

-- A row stays for ever, with `expires_at` in the past once it is given back: the token must never
-- be handed out twice. `ttl` is how long it was last taken for.
CREATE TABLE leases (
    member_id TEXT NOT NULL PRIMARY KEY REFERENCES members (id),
    owner TEXT NOT NULL,
    token INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    ttl INTEGER NOT NULL,
    CONSTRAINT token_positive CHECK (token > 0)
) STRICT;

-- An empty `task_type` stands for everything that the account does. A hold that is over stays for
-- its strikes.
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

-- `vanity_key` is the case-folded vanity; SQLite's own NOCASE knows ASCII letters only.
CREATE TABLE people (
    member_id TEXT NOT NULL REFERENCES members (id),
    profile_id TEXT NOT NULL,
    vanity TEXT NOT NULL,
    vanity_key TEXT NOT NULL,
    name TEXT NOT NULL,
    seen_at INTEGER NOT NULL,
    PRIMARY KEY (member_id, profile_id),
    UNIQUE (member_id, vanity_key)
) STRICT, WITHOUT ROWID;

-- `seq` is the order of acceptance: what "oldest" and "before" mean. The large columns come last.
CREATE TABLE tasks (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    team_id TEXT NOT NULL,
    member_id TEXT NOT NULL,
    dialect TEXT NOT NULL,
    task_type TEXT NOT NULL,
    is_write INTEGER NOT NULL,
    status TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    not_before INTEGER,
    wait_reason TEXT,
    attempts INTEGER NOT NULL,
    lease_token INTEGER,
    started_at INTEGER,
    submitted_at INTEGER,
    finished_at INTEGER,
    error TEXT,
    baseline TEXT,
    evidence TEXT,
    request TEXT NOT NULL,
    input TEXT NOT NULL,
    output TEXT,
    content_digest TEXT,
    answer_owed INTEGER NOT NULL DEFAULT 0
    CONSTRAINT answer_owed_boolean CHECK (answer_owed IN (0, 1)),
    -- Both together: a team can never act with the account of another team's member.
    FOREIGN KEY (team_id, member_id) REFERENCES members (team_id, id),
    CONSTRAINT status_known CHECK (
        status IN (
            'queued', 'running', 'submitting', 'succeeded', 'failed', 'unconfirmed', 'cancelled'
        )
    ),
    CONSTRAINT is_write_boolean CHECK (is_write IN (0, 1)),
    CONSTRAINT attempts_counted CHECK (
        attempts >= 0 AND (status NOT IN ('running', 'submitting') OR attempts > 0)
    ),
    CONSTRAINT wait_reason_known CHECK (
        wait_reason IN ('sign_in', 'pacing', 'limit', 'schedule')
    ),
    CONSTRAINT waits_only_when_queued CHECK (
        status = 'queued' OR (not_before IS NULL AND wait_reason IS NULL)
    ),
    CONSTRAINT leased_iff_in_hand CHECK (
        (status IN ('running', 'submitting')) = (lease_token IS NOT NULL)
    ),
    CONSTRAINT started_when_in_hand CHECK (
        status NOT IN ('running', 'submitting') OR started_at IS NOT NULL
    ),
    CONSTRAINT finished_iff_final CHECK (
        (status IN ('succeeded', 'failed', 'unconfirmed', 'cancelled'))
        = (finished_at IS NOT NULL)
    ),
    CONSTRAINT submits_only_writes CHECK (
        is_write = 1
        OR (submitted_at IS NULL AND status NOT IN ('submitting', 'unconfirmed'))
    ),
    CONSTRAINT submitted_when_past_return CHECK (
        status NOT IN ('submitting', 'unconfirmed') OR submitted_at IS NOT NULL
    ),
    CONSTRAINT submitted_never_goes_back CHECK (
        status NOT IN ('queued', 'running', 'cancelled') OR submitted_at IS NULL
    ),
    CONSTRAINT baseline_iff_submitted CHECK (
        (submitted_at IS NOT NULL) = (baseline IS NOT NULL)
    ),
    CONSTRAINT error_iff_not_done CHECK (
        (status IN ('failed', 'unconfirmed', 'cancelled')) = (error IS NOT NULL)
    ),
    CONSTRAINT output_iff_done CHECK ((status = 'succeeded') = (output IS NOT NULL)),
    CONSTRAINT evidence_when_done CHECK (status != 'succeeded' OR evidence IS NOT NULL),
    CONSTRAINT evidence_only_at_the_end CHECK (
        evidence IS NULL OR status IN ('succeeded', 'failed', 'unconfirmed')
    ),
    CONSTRAINT error_json CHECK (
        error IS NULL OR (json_valid(error) AND json_type(error, '$.code') IS 'text')
    ),
    CONSTRAINT baseline_json CHECK (
        baseline IS NULL OR (json_valid(baseline) AND json_type(baseline) = 'object')
    ),
    CONSTRAINT evidence_json CHECK (
        evidence IS NULL OR (json_valid(evidence) AND json_type(evidence) = 'object')
    ),
    CONSTRAINT request_json CHECK (json_valid(request) AND json_type(request) = 'object'),
    CONSTRAINT input_json CHECK (json_valid(input) AND json_type(input) = 'object'),
    CONSTRAINT output_json CHECK (
        output IS NULL OR (json_valid(output) AND json_type(output) = 'object')
    )
) STRICT;

-- Queued work, by whose account and which type it is. Without a time first (NULL sorts lowest),
-- then by time; `seq` is the last part of every index.
CREATE INDEX tasks_queued ON tasks (member_id, task_type, not_before) WHERE status = 'queued';

-- Reads whose clients wait for the answer: a handful of rows at any time.
CREATE INDEX tasks_awaited ON tasks (member_id)
WHERE status = 'queued' AND answer_owed = 1 AND is_write = 0;

-- Work that somebody has taken up: a handful of rows at any time.
CREATE INDEX tasks_in_hand ON tasks (member_id) WHERE lease_token IS NOT NULL;

-- For lists, newest first, whatever they are filtered by. The team comes first also where the
-- member says it already: this way no other statement takes one of these for a better index.
CREATE INDEX tasks_by_status ON tasks (team_id, status);
CREATE INDEX tasks_by_type ON tasks (team_id, task_type, status);
CREATE INDEX tasks_by_member ON tasks (team_id, member_id, task_type, status);

-- What a repeated request may have been accepted as already.
CREATE INDEX tasks_by_content ON tasks (member_id, task_type, content_digest)
WHERE content_digest IS NOT NULL AND status NOT IN ('failed', 'cancelled');

CREATE TABLE task_events (
    seq INTEGER PRIMARY KEY,
    task_seq INTEGER NOT NULL REFERENCES tasks (seq),
    at INTEGER NOT NULL,
    name TEXT NOT NULL,
    detail TEXT NOT NULL,
    CONSTRAINT detail_json CHECK (json_valid(detail) AND json_type(detail) = 'object')
) STRICT;

CREATE INDEX task_events_by_task ON task_events (task_seq);

-- One row for each task that was ever `submitting`; never taken back. `at` is its `submitted_at`,
-- moved along when the clock is set.
CREATE TABLE charges (
    task_seq INTEGER PRIMARY KEY REFERENCES tasks (seq),
    member_id TEXT NOT NULL REFERENCES members (id),
    task_type TEXT NOT NULL,
    at INTEGER NOT NULL,
    spread REAL NOT NULL,
    CONSTRAINT spread_is_a_part CHECK (spread BETWEEN 0 AND 1)
) STRICT;

CREATE INDEX charges_by_member ON charges (member_id, at);

-- How many tasks have ended how, and how long the steps of their lives have taken: counted by a
-- trigger, so that no count needs to look at the tasks, and every process finds the same ones.
-- `code` is empty for what has succeeded.
CREATE TABLE task_tallies (
    task_type TEXT NOT NULL,
    outcome TEXT NOT NULL,
    code TEXT NOT NULL,
    tasks INTEGER NOT NULL,
    PRIMARY KEY (task_type, outcome, code)
) STRICT, WITHOUT ROWID;

-- `up_to` is in seconds, and 0 for whatever took longer than the longest bound.
CREATE TABLE task_times (
    task_type TEXT NOT NULL,
    step TEXT NOT NULL,
    up_to INTEGER NOT NULL,
    tasks INTEGER NOT NULL,
    total INTEGER NOT NULL,
    PRIMARY KEY (task_type, step, up_to),
    CONSTRAINT step_known CHECK (step IN ('pick_up', 'submit', 'end'))
) STRICT, WITHOUT ROWID;

CREATE TRIGGER tasks_ended AFTER UPDATE OF status ON tasks
WHEN OLD.finished_at IS NULL AND NEW.finished_at IS NOT NULL
BEGIN
    INSERT INTO task_tallies (task_type, outcome, code, tasks)
    VALUES (NEW.task_type, NEW.status, coalesce(json_extract(NEW.error, '$.code'), ''), 1)
    ON CONFLICT DO UPDATE SET tasks = tasks + 1;
END;

-- The wait for the first pick-up counts from the time that the client asked for; a clock that was
-- set back makes no time negative. The end counts from the submit, of what submits nothing from
-- the pick-up; a write that ended before its submit has none.
CREATE TRIGGER tasks_stepped AFTER UPDATE OF status ON tasks
WHEN OLD.status <> NEW.status
BEGIN
    INSERT INTO task_times (task_type, step, up_to, tasks, total)
    SELECT
        NEW.task_type,
        taken.step,
        coalesce(
            (
                SELECT min(bound.column1)
                FROM (VALUES (1), (5), (15), (60), (300), (1800), (7200), (43200)) AS bound
                WHERE taken.micros <= bound.column1 * 1000000
            ),
            0
        ),
        1,
        max(taken.micros, 0)
    FROM (
        SELECT
            'pick_up' AS step,
            NEW.started_at - max(
                OLD.created_at,
                iif(OLD.wait_reason = 'schedule', OLD.not_before, OLD.created_at)
            ) AS micros
        WHERE OLD.started_at IS NULL AND NEW.started_at IS NOT NULL
        UNION ALL
        SELECT 'submit', NEW.submitted_at - NEW.started_at
        WHERE OLD.submitted_at IS NULL AND NEW.submitted_at IS NOT NULL
        UNION ALL
        SELECT 'end', NEW.finished_at - coalesce(NEW.submitted_at, NEW.started_at)
        WHERE
            OLD.finished_at IS NULL
            AND NEW.finished_at IS NOT NULL
            AND (NEW.submitted_at IS NOT NULL OR (NEW.is_write = 0 AND NEW.started_at IS NOT NULL))
    ) AS taken
    WHERE true
    ON CONFLICT DO UPDATE SET tasks = tasks + 1, total = total + excluded.total;
END;

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

-- Files that clients hand in to go out with messages, or that were fetched for them, in pieces. They
-- lie here, and not beside the database, so that every process on it and every copy of it has them.
CREATE TABLE uploads (
    id TEXT NOT NULL PRIMARY KEY,
    team_id TEXT NOT NULL,
    member_id TEXT NOT NULL,
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    byte_size INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    kept_for INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    FOREIGN KEY (team_id, member_id) REFERENCES members (team_id, id),
    CONSTRAINT byte_size_positive CHECK (byte_size > 0)
) STRICT;

CREATE INDEX uploads_by_team ON uploads (team_id);
CREATE INDEX uploads_by_end ON uploads (expires_at);

CREATE TABLE upload_pieces (
    upload_id TEXT NOT NULL REFERENCES uploads (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (upload_id, number)
) STRICT;

-- Which tasks need which files: until they have ended, the files stay.
CREATE TABLE task_uploads (
    upload_id TEXT NOT NULL REFERENCES uploads (id) ON DELETE CASCADE,
    task_seq INTEGER NOT NULL REFERENCES tasks (seq),
    PRIMARY KEY (upload_id, task_seq)
) STRICT, WITHOUT ROWID;

-- How far the wall clock is ahead of the clock that counts from this boot; see `clock_steps.py`.
-- `at` and `last_event_seq` say when this was written, in both of the ways that are known later.
CREATE TABLE clock_anchor (
    id INTEGER PRIMARY KEY,
    boot TEXT NOT NULL,
    wall_ahead INTEGER NOT NULL,
    at INTEGER NOT NULL,
    last_event_seq INTEGER NOT NULL,
    CONSTRAINT one_anchor CHECK (id = 1)
) STRICT;

-- Each time that the clock was found to have been set, and by how much.
CREATE TABLE clock_steps (
    seq INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    moved_by INTEGER NOT NULL
) STRICT;

-- What a check writes, to know that a change can be committed.
CREATE TABLE write_checks (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    CONSTRAINT one_check CHECK (id = 1)
) STRICT;
