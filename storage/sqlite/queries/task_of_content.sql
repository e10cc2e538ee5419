-- The latest task that stands for the same content: one that is unfinished, that may have had its
-- effect, or that had it lately. Until its outcome was told to whoever is owed it, a success stands
-- for longer: who asks again does not know of it.
--
-- Nothing stands of which nothing is left: one of its opposites was accepted later, or a later task
-- has proven that it undid this very one. Work is not always done in the order of its acceptance, so
-- that one must have come later in both.
--
-- A charge is moved along when the clock is set, so what was submitted is as long ago as its charge
-- says, less the time from there to its end. What was never submitted has its own time only.
SELECT tasks.*
FROM json_each(:digests) AS digest
CROSS JOIN json_each(:task_types) AS kind
CROSS JOIN tasks
LEFT JOIN charges ON charges.task_seq = tasks.seq
WHERE
    tasks.member_id = :member_id
    AND tasks.task_type = kind.value
    AND tasks.content_digest = digest.value
    AND tasks.status NOT IN ('failed', 'cancelled')
    AND (
        tasks.status <> 'succeeded'
        OR coalesce(
            max(charges.at, charges.at + tasks.finished_at - tasks.submitted_at),
            tasks.finished_at
        ) > :now - iif(tasks.answer_owed, :window_while_owed, :window)
    )
    AND NOT EXISTS (
        SELECT 1
        FROM json_each(:opposites) AS opposite
        CROSS JOIN tasks AS later
        WHERE
            later.member_id = tasks.member_id
            AND later.task_type = json_extract(opposite.value, '$[0]')
            AND later.content_digest = json_extract(opposite.value, '$[1]')
            AND later.status NOT IN ('failed', 'cancelled')
            AND later.seq > tasks.seq
    )
    AND NOT EXISTS (
        SELECT 1
        FROM tasks AS later
        LEFT JOIN charges AS later_charge ON later_charge.task_seq = later.seq
        WHERE
            tasks.status = 'succeeded'
            AND later.team_id = tasks.team_id
            AND later.member_id = tasks.member_id
            AND later.task_type = :undone_by
            AND later.status = 'succeeded'
            AND later.seq > tasks.seq
            AND json_extract(later.output, :undone_names)
            = json_extract(tasks.output, :undone_names)
            AND coalesce(later_charge.at, later.finished_at)
            >= coalesce(charges.at, tasks.finished_at)
    )
ORDER BY tasks.seq DESC
LIMIT 1
