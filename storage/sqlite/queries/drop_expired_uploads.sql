-- Remove some files whose time is over and which no unfinished task needs: few enough that nobody
-- waits long for it.
DELETE FROM uploads
WHERE
    id IN (
        SELECT ending.id
        FROM uploads AS ending
        WHERE
            ending.expires_at <= :now
            AND NOT EXISTS (
                SELECT 1
                FROM task_uploads
                INNER JOIN tasks ON tasks.seq = task_uploads.task_seq
                WHERE task_uploads.upload_id = ending.id AND tasks.finished_at IS NULL
            )
        ORDER BY ending.expires_at
        LIMIT 5
    )
