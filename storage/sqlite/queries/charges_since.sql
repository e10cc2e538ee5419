-- What an account was charged for since then, the newest first; nothing is too new.
SELECT task_type, at, spread
FROM charges
WHERE member_id = :member_id AND at >= :since
ORDER BY at DESC, task_seq DESC
