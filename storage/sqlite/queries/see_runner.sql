-- A runner is there, and takes up so much memory.
INSERT INTO runners (owner, seen_at, own_bytes, browser_bytes)
VALUES (:owner, :now, :own_bytes, :browser_bytes)
ON CONFLICT (owner) DO UPDATE SET
    seen_at = excluded.seen_at,
    own_bytes = excluded.own_bytes,
    browser_bytes = excluded.browser_bytes
