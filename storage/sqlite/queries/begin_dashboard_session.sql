-- Somebody has signed in to the dashboard with this key.
INSERT INTO dashboard_sessions (digest, key_id, created_at, seen_at, expires_at)
VALUES (:digest, :key_id, :now, :now, :now + :lasts)
