-- The task that a key stands for, while the key is kept.
SELECT tasks.*, idempotency_keys.fingerprint
FROM idempotency_keys
JOIN tasks ON tasks.seq = idempotency_keys.task_seq
WHERE
    idempotency_keys.team_id = :team_id
    AND idempotency_keys.key = :key
    AND idempotency_keys.expires_at > :now
