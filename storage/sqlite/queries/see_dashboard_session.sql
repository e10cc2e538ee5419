-- Somebody who is signed in to the dashboard has done something there.
UPDATE dashboard_sessions
SET seen_at = :now
WHERE digest = :digest
