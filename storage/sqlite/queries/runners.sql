-- Who performs tasks, whoever was seen last coming first.
SELECT *
FROM runners
ORDER BY seen_at DESC, owner
