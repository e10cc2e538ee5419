-- The latest task that stands for the same content: one that is unfinished, that may have had its
-- effect, or that had it lately. Until its outcome was told to whoever is owed it, a success stands
-- for longer: who asks again does not know of it.
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
ORDER BY tasks.seq DESC
LIMIT 1
