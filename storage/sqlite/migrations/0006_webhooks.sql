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
