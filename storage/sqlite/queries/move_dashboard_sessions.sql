-- Nobody is signed in to the dashboard longer, or shorter, because the clock was set.
UPDATE dashboard_sessions
SET
    created_at = created_at + :moved_by,
    seen_at = seen_at + :moved_by,
    expires_at = expires_at + :moved_by
