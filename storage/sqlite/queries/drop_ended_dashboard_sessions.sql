-- Forget those who were signed in to the dashboard for as long as anybody may be.
DELETE FROM dashboard_sessions
WHERE expires_at <= :now
