-- Remember which task a key stands for; one that is no longer kept is used anew.
INSERT INTO idempotency_keys (team_id, key, fingerprint, task_seq, created_at, expires_at)
VALUES (:team_id, :key, :fingerprint, :task_seq, :now, :now + :kept_for)
ON CONFLICT (team_id, key) DO UPDATE SET
    fingerprint = excluded.fingerprint,
    task_seq = excluded.task_seq,
    created_at = excluded.created_at,
    expires_at = excluded.expires_at
WHERE idempotency_keys.expires_at <= :now
