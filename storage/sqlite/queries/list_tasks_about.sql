-- As `list_tasks.sql`, for what names a person, a conversation, a post or a company in part: among
-- the newest 100,000 tasks before the bound, as no index knows the inside of an input.
--
-- `stored` is the text as `input` has it, to leave most tasks out without taking them apart. The bound
-- is no table of the join, so that the tasks come in their own order and reading ends with the last
-- one that is wanted.
WITH bound (seq) AS (
    SELECT
        CASE
            WHEN :before IS NULL THEN coalesce((SELECT max(seq) + 1 FROM tasks), 0)
            ELSE coalesce((SELECT seq FROM tasks WHERE id = :before), 0)
        END
)
SELECT
    tasks.*,
    sessions.health AS session_health,
    (SELECT paused_at FROM members WHERE members.id = tasks.member_id) AS paused_at,
    CASE
        WHEN tasks.status = 'queued'
            THEN (
                SELECT json_group_array(
                    json_object(
                        'member_id', member_id,
                        'task_type', task_type,
                        'reason', reason,
                        'until', until,
                        'strikes', strikes
                    )
                )
                FROM holds
                WHERE
                    holds.member_id = tasks.member_id
                    AND holds.task_type IN ('', tasks.task_type)
                    AND holds.until > :now
            )
    END AS holds
FROM tasks
LEFT JOIN sessions ON sessions.member_id = tasks.member_id
WHERE
    tasks.seq < (SELECT bound.seq FROM bound)
    AND tasks.seq >= (SELECT bound.seq FROM bound) - 100000
    AND (:team_id IS NULL OR +tasks.team_id = :team_id)
    AND (:member_id IS NULL OR +tasks.member_id = :member_id)
    AND (:task_type IS NULL OR +tasks.task_type = :task_type)
    AND +tasks.status IN (SELECT wanted.value FROM json_each(:statuses) AS wanted)
    AND instr(lower(tasks.input), :stored) > 0
    AND EXISTS (
        SELECT 1
        FROM json_tree(tasks.input) AS part
        WHERE
            part.key IN (
                'profile_id', 'vanity', 'conversation_urn', 'thread_id', 'post', 'company',
                'group_id'
            )
            AND part.type = 'text'
            AND instr(lower(part.value), :about) > 0
    )
ORDER BY tasks.seq DESC
LIMIT :limit
