-- A small change, to know that it can be committed.
INSERT INTO write_checks (id, at)
VALUES (1, :now)
ON CONFLICT (id) DO UPDATE SET at = excluded.at
