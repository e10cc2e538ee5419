-- The latest other task that stands for this one, now that the recipient is proven: as
-- `task_of_content`, but seen from when this one was accepted, since pacing may have held it back.
-- Only tasks past the point of no return have a recipient here. What was accepted between the two has
-- undone the earlier one; what came after both was meant for both.
--
-- The clock may have been set since, which moves charges only; of the two times that a success may
-- have had, the later one counts, so that in doubt nothing is sent.
SELECT earlier.*
FROM task_words AS words
CROSS JOIN tasks AS task ON task.seq = words.task_seq
CROSS JOIN
    task_words AS same
    ON same.recipient_id = :recipient_id AND same.words_digest = words.words_digest
CROSS JOIN tasks AS earlier ON earlier.seq = same.task_seq
LEFT JOIN charges ON charges.task_seq = earlier.seq
WHERE
    words.task_seq = :task_seq
    AND words.guarded_for IS NOT NULL
    AND earlier.seq <> task.seq
    AND earlier.member_id = task.member_id
    AND earlier.task_type IN (SELECT kind.value FROM json_each(:task_types) AS kind)
    -- Asked for later, and with a key: meant to be sent besides this one.
    AND (earlier.seq < task.seq OR same.guarded_for IS NOT NULL)
    AND (
        earlier.status IN ('submitting', 'unconfirmed')
        OR (
            earlier.status = 'succeeded'
            AND max(
                earlier.finished_at,
                coalesce(charges.at + earlier.finished_at - earlier.submitted_at, 0)
            ) > task.created_at - iif(
                earlier.answer_owed, words.guarded_while_owed, words.guarded_for
            )
        )
    )
    AND NOT EXISTS (
        SELECT 1
        FROM tasks AS later
        LEFT JOIN charges AS later_charge ON later_charge.task_seq = later.seq
        WHERE
            earlier.status = 'succeeded'
            AND later.team_id = earlier.team_id
            AND later.member_id = earlier.member_id
            AND later.task_type = :undone_by
            AND later.status = 'succeeded'
            AND later.seq > earlier.seq
            AND later.seq < task.seq
            AND json_extract(later.output, :undone_names)
            = json_extract(earlier.output, :undone_names)
            AND coalesce(later_charge.at, later.finished_at)
            >= coalesce(charges.at, earlier.finished_at)
    )
ORDER BY earlier.seq DESC
LIMIT 1
