-- queued -> running, for the account's oldest due task: the one accepted first among those whose
-- time has come, whose type and account are not on hold, whose session is signed in, and whose
-- account nobody has paused or waits for (`lease_requests`). A read whose client waits for the
-- answer goes before all others, and what the runner asked for by itself behind all others.
--
-- `waiting` steps from one queued type to the next (see `due_members.sql`). For each, the oldest
-- task without a time is one look into the index; those with a time are as many entries as have
-- come due and not been claimed yet.
WITH RECURSIVE waiting (task_type) AS (
    SELECT min(task_type)
    FROM tasks
    WHERE status = 'queued' AND member_id = :member_id
    UNION ALL
    SELECT (
        SELECT min(task_type)
        FROM tasks
        WHERE
            status = 'queued'
            AND member_id = :member_id
            AND task_type > waiting.task_type
    )
    FROM waiting
    WHERE waiting.task_type IS NOT NULL
),
free (task_type) AS (
    SELECT waiting.task_type
    FROM waiting
    WHERE
        waiting.task_type IS NOT NULL
        AND NOT EXISTS (
            SELECT 1
            FROM holds
            WHERE
                holds.member_id = :member_id
                AND holds.task_type IN ('', waiting.task_type)
                AND holds.until > :now
        )
),
oldest (seq) AS (
    SELECT (
        SELECT seq
        FROM tasks
        WHERE
            status = 'queued'
            AND member_id = :member_id
            AND task_type = free.task_type
            AND not_before IS NULL
        ORDER BY seq
        LIMIT 1
    )
    FROM free
    UNION ALL
    SELECT (
        SELECT min(seq)
        FROM tasks
        WHERE
            status = 'queued'
            AND member_id = :member_id
            AND task_type = free.task_type
            AND not_before <= :now
    )
    FROM free
),
asked (seq) AS (
    SELECT tasks.seq
    FROM oldest
    JOIN tasks ON tasks.seq = oldest.seq
    WHERE tasks.dialect <> 'runner'
),
awaited (seq) AS (
    SELECT tasks.seq
    FROM tasks
    JOIN free ON free.task_type = tasks.task_type
    WHERE
        tasks.status = 'queued'
        AND tasks.answer_owed = 1
        AND tasks.is_write = 0
        AND tasks.member_id = :member_id
        AND (tasks.not_before IS NULL OR tasks.not_before <= :now)
)
UPDATE tasks
SET
    status = 'running',
    lease_token = :token,
    attempts = attempts + 1,
    started_at = :now,
    not_before = NULL,
    wait_reason = NULL
WHERE
    seq = coalesce(
        (SELECT min(seq) FROM awaited),
        (SELECT min(seq) FROM asked),
        (SELECT min(seq) FROM oldest)
    )
    AND EXISTS (
        SELECT 1
        FROM sessions
        WHERE sessions.member_id = :member_id AND sessions.health = 'signed_in'
    )
    AND NOT EXISTS (
        SELECT 1
        FROM members
        WHERE members.id = :member_id AND members.paused_at IS NOT NULL
    )
    AND NOT EXISTS (
        SELECT 1
        FROM lease_requests
        WHERE lease_requests.member_id = :member_id AND lease_requests.until > :now
    )
RETURNING *
