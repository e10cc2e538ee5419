-- A runner has ended.
DELETE FROM runners
WHERE owner = :owner
