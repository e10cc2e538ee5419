-- Who is signed in with this token: neither too long, nor idle for too long, nor by a revoked key.
SELECT api_keys.digest AS key_digest, dashboard_sessions.seen_at
FROM dashboard_sessions
JOIN api_keys ON api_keys.id = dashboard_sessions.key_id
WHERE
    dashboard_sessions.digest = :digest
    AND dashboard_sessions.expires_at > :now
    AND dashboard_sessions.seen_at > :idle_since
    AND api_keys.revoked_at IS NULL
