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
    paused_at INTEGER,
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

-- Who is signed in to the dashboard, by the digest of the cookie's token; each goes by an API key,
-- and ends with it.
CREATE TABLE dashboard_sessions (
    digest TEXT NOT NULL PRIMARY KEY,
    key_id TEXT NOT NULL REFERENCES api_keys (id),
    created_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX dashboard_sessions_by_end ON dashboard_sessions (expires_at);

-- Who may open the live view of an account, by the digest of a token that is good once.
CREATE TABLE live_view_tokens (
    digest TEXT NOT NULL PRIMARY KEY,
    member_id TEXT NOT NULL REFERENCES members (id),
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX live_view_tokens_by_end ON live_view_tokens (expires_at);

-- `state` comes last: reading the other columns then never touches its overflow pages. `version` counts
-- changes: two can be of the same moment, or the later one of an earlier.
CREATE TABLE sessions (
    member_id TEXT NOT NULL PRIMARY KEY REFERENCES members (id),
    health TEXT NOT NULL,
    profile_id TEXT,
    verified_at INTEGER,
    updated_at INTEGER NOT NULL,
    first_saved_at INTEGER NOT NULL,
    version INTEGER NOT NULL DEFAULT 1,
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

-- Who waits for an account until then: no task of it is begun, and nobody else gets its lease.
CREATE TABLE lease_requests (
    member_id TEXT NOT NULL PRIMARY KEY REFERENCES members (id),
    owner TEXT NOT NULL,
    until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

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

-- With whom alone an account has which conversation, so that both name the same recipient.
CREATE TABLE conversations (
    member_id TEXT NOT NULL REFERENCES members (id),
    thread_id TEXT NOT NULL,
    profile_id TEXT NOT NULL,
    PRIMARY KEY (member_id, thread_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX conversations_by_person ON conversations (member_id, profile_id);

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

-- How many tasks without a time are queued in each block of 64 of `seq`, by whose account and which
-- type: counted by triggers, so that a task's place among thousands is found by a few sums. A block
-- with none has no row.
CREATE TABLE queue_blocks (
    member_id TEXT NOT NULL,
    task_type TEXT NOT NULL,
    block INTEGER NOT NULL,
    tasks INTEGER NOT NULL,
    PRIMARY KEY (member_id, task_type, block),
    CONSTRAINT block_not_empty CHECK (tasks > 0)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER tasks_added_queued AFTER INSERT ON tasks
WHEN NEW.status = 'queued' AND NEW.not_before IS NULL
BEGIN
    INSERT INTO queue_blocks (member_id, task_type, block, tasks)
    VALUES (NEW.member_id, NEW.task_type, NEW.seq >> 6, 1)
    ON CONFLICT DO UPDATE SET tasks = tasks + 1;
END;

CREATE TRIGGER tasks_queued_again AFTER UPDATE OF status, not_before ON tasks
WHEN
    NEW.status = 'queued' AND NEW.not_before IS NULL
    AND (OLD.status <> 'queued' OR OLD.not_before IS NOT NULL)
BEGIN
    INSERT INTO queue_blocks (member_id, task_type, block, tasks)
    VALUES (NEW.member_id, NEW.task_type, NEW.seq >> 6, 1)
    ON CONFLICT DO UPDATE SET tasks = tasks + 1;
END;

-- The last of a block takes its row away.
CREATE TRIGGER tasks_left_queue AFTER UPDATE OF status, not_before ON tasks
WHEN
    OLD.status = 'queued' AND OLD.not_before IS NULL
    AND (NEW.status <> 'queued' OR NEW.not_before IS NOT NULL)
BEGIN
    DELETE FROM queue_blocks
    WHERE
        member_id = NEW.member_id
        AND task_type = NEW.task_type
        AND block = NEW.seq >> 6
        AND tasks = 1;
    UPDATE queue_blocks
    SET tasks = tasks - 1
    WHERE member_id = NEW.member_id AND task_type = NEW.task_type AND block = NEW.seq >> 6;
END;

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

-- What a task says to a person, whatever they were called in the request. Who it is stands here from
-- the point of no return on. A task that was accepted without a guard is sent as often as asked for.
CREATE TABLE task_words (
    task_seq INTEGER PRIMARY KEY REFERENCES tasks (seq),
    words_digest TEXT NOT NULL,
    recipient_id TEXT,
    guarded_for INTEGER,
    guarded_while_owed INTEGER,
    CONSTRAINT guarded_by_both CHECK ((guarded_for IS NULL) = (guarded_while_owed IS NULL))
) STRICT;

CREATE INDEX task_words_by_recipient ON task_words (recipient_id, words_digest)
WHERE recipient_id IS NOT NULL;

CREATE TABLE task_events (
    seq INTEGER PRIMARY KEY,
    task_seq INTEGER NOT NULL REFERENCES tasks (seq),
    at INTEGER NOT NULL,
    name TEXT NOT NULL,
    detail TEXT NOT NULL,
    CONSTRAINT detail_json CHECK (json_valid(detail) AND json_type(detail) = 'object')
) STRICT;

CREATE INDEX task_events_by_task ON task_events (task_seq);

-- Unconfirmed tasks that a person has looked into.
CREATE TABLE reviewed_tasks (
    task_seq INTEGER PRIMARY KEY REFERENCES tasks (seq),
    at INTEGER NOT NULL
) STRICT;

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

-- How many of a team's tasks have ended how on each day (in UTC, counted from 1970): counted by a
-- trigger as the other tallies are, so that a plot of some days reads some rows for each day. No
-- task is ever deleted or ends twice, so nothing is ever taken off.
CREATE TABLE day_tallies (
    team_id TEXT NOT NULL REFERENCES teams (id),
    day INTEGER NOT NULL,
    is_write INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    tasks INTEGER NOT NULL,
    PRIMARY KEY (team_id, day, is_write, outcome),
    CONSTRAINT day_is_write_boolean CHECK (is_write IN (0, 1)),
    CONSTRAINT day_outcome_final CHECK (
        outcome IN ('succeeded', 'failed', 'unconfirmed', 'cancelled')
    )
) STRICT, WITHOUT ROWID;

CREATE TRIGGER tasks_ended AFTER UPDATE OF status ON tasks
WHEN OLD.finished_at IS NULL AND NEW.finished_at IS NOT NULL
BEGIN
    INSERT INTO task_tallies (task_type, outcome, code, tasks)
    VALUES (NEW.task_type, NEW.status, coalesce(json_extract(NEW.error, '$.code'), ''), 1)
    ON CONFLICT DO UPDATE SET tasks = tasks + 1;
    INSERT INTO day_tallies (team_id, day, is_write, outcome, tasks)
    VALUES (NEW.team_id, NEW.finished_at / 86400000000, NEW.is_write, NEW.status, 1)
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

-- Endpoints that teams want to be told at. One row of a team may be without a URL: the secret of the
-- callbacks that its tasks name is kept there. Secrets are encrypted as sessions are.
CREATE TABLE webhook_endpoints (
    id TEXT NOT NULL PRIMARY KEY,
    team_id TEXT NOT NULL REFERENCES teams (id),
    url TEXT,
    event_types TEXT,
    created_at INTEGER NOT NULL,
    disabled_at INTEGER,
    disabled_reason TEXT,
    secret BLOB NOT NULL,
    old_secret BLOB,
    old_secret_until INTEGER,
    CONSTRAINT event_types_json CHECK (
        event_types IS NULL OR (json_valid(event_types) AND json_type(event_types) = 'array')
    ),
    CONSTRAINT disabled_reason_known CHECK (disabled_reason IN ('by_request', 'gone')),
    CONSTRAINT disabled_for_a_reason CHECK ((disabled_at IS NULL) = (disabled_reason IS NULL)),
    CONSTRAINT callbacks_stay_enabled CHECK (url IS NOT NULL OR disabled_at IS NULL),
    CONSTRAINT old_secret_ends CHECK ((old_secret IS NULL) = (old_secret_until IS NULL))
) STRICT;

CREATE INDEX webhook_endpoints_by_team ON webhook_endpoints (team_id, created_at, id);
CREATE INDEX webhook_endpoints_enabled ON webhook_endpoints (team_id)
WHERE url IS NOT NULL AND disabled_at IS NULL;
CREATE UNIQUE INDEX webhook_endpoints_of_callbacks ON webhook_endpoints (team_id)
WHERE url IS NULL;

-- What is told. `body` is set once, before the first attempt, so that every attempt sends the same.
-- `subject` names what is told once only. What does not fan out has its deliveries from elsewhere.
CREATE TABLE webhook_events (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    team_id TEXT NOT NULL REFERENCES teams (id),
    type TEXT NOT NULL,
    at INTEGER NOT NULL,
    task_seq INTEGER REFERENCES tasks (seq),
    subject TEXT,
    detail TEXT NOT NULL,
    body BLOB,
    fans_out INTEGER NOT NULL DEFAULT 1
    CONSTRAINT fans_out_boolean CHECK (fans_out IN (0, 1)),
    CONSTRAINT event_type_known CHECK (
        type IN (
            'task.succeeded', 'task.failed', 'task.unconfirmed', 'task.cancelled',
            'account.needs_sign_in', 'account.recovered', 'limit.reached', 'message.received',
            'invitation.accepted', 'webhook.test'
        )
    ),
    CONSTRAINT event_detail_json CHECK (json_valid(detail) AND json_type(detail) = 'object')
) STRICT;

CREATE UNIQUE INDEX webhook_events_by_task ON webhook_events (task_seq)
WHERE task_seq IS NOT NULL;
CREATE INDEX webhook_events_by_subject ON webhook_events (subject, at) WHERE subject IS NOT NULL;
CREATE INDEX webhook_events_by_time ON webhook_events (at);

-- Where else the end of a task is told. `target` is what is slow or down together.
CREATE TABLE task_callbacks (
    task_seq INTEGER NOT NULL REFERENCES tasks (seq),
    url TEXT NOT NULL,
    target TEXT NOT NULL,
    endpoint_id TEXT NOT NULL REFERENCES webhook_endpoints (id),
    PRIMARY KEY (task_seq, url)
) STRICT, WITHOUT ROWID;

-- While somebody sends it, `next_at` is where its lease ends: whoever looks for what is due passes
-- it over, and finds it again if its sender is gone.
CREATE TABLE webhook_deliveries (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    event_seq INTEGER NOT NULL REFERENCES webhook_events (seq) ON DELETE CASCADE,
    endpoint_id TEXT NOT NULL REFERENCES webhook_endpoints (id) ON DELETE CASCADE,
    callback_url TEXT,
    target TEXT NOT NULL,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    next_at INTEGER,
    claimed_until INTEGER,
    last_at INTEGER,
    last_status INTEGER,
    last_error TEXT,
    CONSTRAINT delivery_state_known CHECK (state IN ('pending', 'delivered', 'dead')),
    CONSTRAINT delivery_attempts_counted CHECK (attempts >= 0),
    CONSTRAINT next_iff_pending CHECK ((state = 'pending') = (next_at IS NOT NULL)),
    CONSTRAINT claimed_only_pending CHECK (state = 'pending' OR claimed_until IS NULL),
    CONSTRAINT delivery_error_known CHECK (
        last_error IN (
            'address_refused', 'unresolved', 'not_connected', 'timed_out', 'redirected',
            'bad_status', 'gone', 'endpoint_disabled', 'not_signed'
        )
    )
) STRICT;

CREATE UNIQUE INDEX webhook_deliveries_once
ON webhook_deliveries (event_seq, endpoint_id, ifnull(callback_url, ''));
CREATE INDEX webhook_deliveries_by_endpoint ON webhook_deliveries (endpoint_id, seq);
CREATE INDEX webhook_deliveries_due ON webhook_deliveries (next_at) WHERE state = 'pending';
CREATE INDEX webhook_deliveries_of_target ON webhook_deliveries (target, next_at)
WHERE state = 'pending';

-- How often which outcome came of deliveries; `retried` counts attempts that another one follows.
CREATE TABLE webhook_tallies (
    event_type TEXT NOT NULL,
    outcome TEXT NOT NULL,
    deliveries INTEGER NOT NULL,
    PRIMARY KEY (event_type, outcome)
) STRICT, WITHOUT ROWID;

-- The end of a task and its event are one transaction, whichever statement ends it. What the runner
-- asks for by itself is nobody's task; what it finds has events of its own.
CREATE TRIGGER tasks_ended_told AFTER UPDATE OF status ON tasks
WHEN
    OLD.finished_at IS NULL
    AND NEW.finished_at IS NOT NULL
    AND NEW.dialect <> 'runner'
    AND (
        EXISTS (
            SELECT 1
            FROM webhook_endpoints
            WHERE
                team_id = NEW.team_id
                AND url IS NOT NULL
                AND disabled_at IS NULL
                AND (event_types IS NULL OR instr(event_types, '"task.' || NEW.status || '"'))
        )
        OR EXISTS (SELECT 1 FROM task_callbacks WHERE task_seq = NEW.seq)
    )
BEGIN
    INSERT INTO webhook_events (id, team_id, type, at, task_seq, detail)
    VALUES (
        'evt_' || lower(hex(randomblob(16))),
        NEW.team_id,
        'task.' || NEW.status,
        NEW.finished_at,
        NEW.seq,
        '{}'
    );
END;

CREATE TRIGGER sessions_changed_told AFTER UPDATE OF health ON sessions
WHEN OLD.health <> NEW.health
BEGIN
    INSERT INTO webhook_events (id, team_id, type, at, detail)
    SELECT
        'evt_' || lower(hex(randomblob(16))),
        members.team_id,
        told.type,
        NEW.updated_at,
        json_object('account_id', NEW.member_id, 'session', NEW.health)
    FROM members
    CROSS JOIN (
        SELECT iif(NEW.health = 'signed_in', 'account.recovered', 'account.needs_sign_in') AS type
    ) AS told
    WHERE
        members.id = NEW.member_id
        AND EXISTS (
            SELECT 1
            FROM webhook_endpoints
            WHERE
                team_id = members.team_id
                AND url IS NOT NULL
                AND disabled_at IS NULL
                AND (event_types IS NULL OR instr(event_types, '"' || told.type || '"'))
        );
END;

CREATE TRIGGER webhook_events_fanned_out AFTER INSERT ON webhook_events
WHEN NEW.fans_out = 1
BEGIN
    INSERT INTO webhook_deliveries (
        id, event_seq, endpoint_id, callback_url, target, state, attempts, next_at
    )
    SELECT
        'dlv_' || lower(hex(randomblob(16))), NEW.seq, wanted.endpoint_id, wanted.callback_url,
        wanted.target, 'pending', 0, NEW.at
    FROM (
        SELECT id AS endpoint_id, NULL AS callback_url, id AS target
        FROM webhook_endpoints
        WHERE
            team_id = NEW.team_id
            AND url IS NOT NULL
            AND disabled_at IS NULL
            AND (event_types IS NULL OR instr(event_types, '"' || NEW.type || '"'))
        UNION ALL
        SELECT endpoint_id, url, target
        FROM task_callbacks
        WHERE task_seq = NEW.task_seq
    ) AS wanted;
END;

-- A callback for a task that has ended already is told at once, and endpoints are not told again.
CREATE TRIGGER task_callbacks_late AFTER INSERT ON task_callbacks
WHEN EXISTS (SELECT 1 FROM tasks WHERE seq = NEW.task_seq AND finished_at IS NOT NULL)
BEGIN
    INSERT INTO webhook_events (id, team_id, type, at, task_seq, detail, fans_out)
    SELECT
        'evt_' || lower(hex(randomblob(16))), team_id, 'task.' || status, finished_at, seq, '{}', 0
    FROM tasks
    WHERE
        seq = NEW.task_seq
        AND NOT EXISTS (SELECT 1 FROM webhook_events WHERE task_seq = NEW.task_seq);
    INSERT INTO webhook_deliveries (
        id, event_seq, endpoint_id, callback_url, target, state, attempts, next_at
    )
    SELECT
        'dlv_' || lower(hex(randomblob(16))), seq, NEW.endpoint_id, NEW.url, NEW.target,
        'pending', 0, at
    FROM webhook_events
    WHERE task_seq = NEW.task_seq
    ON CONFLICT DO NOTHING;
END;

CREATE TRIGGER webhook_deliveries_counted AFTER UPDATE OF state, attempts ON webhook_deliveries
WHEN NEW.state <> OLD.state OR NEW.attempts > OLD.attempts
BEGIN
    INSERT INTO webhook_tallies (event_type, outcome, deliveries)
    SELECT type, iif(NEW.state = 'pending', 'retried', NEW.state), 1
    FROM webhook_events
    WHERE seq = NEW.event_seq AND (NEW.state <> 'pending' OR NEW.attempts > OLD.attempts)
    ON CONFLICT DO UPDATE SET deliveries = deliveries + 1;
END;

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

-- Which candidate has found which element of LinkedIn's pages, how often, and when last. A `rank` of
-- -1, without a candidate, is an element that none has found where it has to be.
CREATE TABLE locator_uses (
    element TEXT NOT NULL,
    candidate TEXT NOT NULL,
    rank INTEGER NOT NULL,
    times INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    PRIMARY KEY (element, candidate),
    CONSTRAINT ranked_iff_found CHECK ((rank >= 0) = (candidate <> ''))
) STRICT, WITHOUT ROWID;

-- Who performs tasks: one row for each runner's process, from its start to its orderly end. Of one that
-- was killed the row stays, and is seen no more.
CREATE TABLE runners (
    owner TEXT NOT NULL PRIMARY KEY,
    seen_at INTEGER NOT NULL,
    own_bytes INTEGER NOT NULL,
    browser_bytes INTEGER NOT NULL,
    CONSTRAINT memory_counted CHECK (own_bytes >= 0 AND browser_bytes >= 0)
) STRICT, WITHOUT ROWID;

-- What runners count beside their tasks.
CREATE TABLE runner_tallies (
    name TEXT NOT NULL PRIMARY KEY,
    times INTEGER NOT NULL,
    CONSTRAINT tally_known CHECK (name IN ('browser_restarts'))
) STRICT, WITHOUT ROWID;

-- What a check writes, to know that a change can be committed.
CREATE TABLE write_checks (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    CONSTRAINT one_check CHECK (id = 1)
) STRICT;
