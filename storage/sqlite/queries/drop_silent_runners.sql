-- Forget runners that nobody has seen for so long; one of them that comes back is seen again.
DELETE FROM runners
WHERE seen_at <= :now - :silent_after
