-- Store a session's state. Without a new verification the last one stays, and so do a profile id
-- that is known already and the time of the first one.
INSERT INTO sessions (
    member_id, health, profile_id, verified_at, updated_at, first_saved_at, state
)
VALUES (
    :member_id, :health, :profile_id, CASE WHEN :verified THEN :now END, :now, :now, :state
)
ON CONFLICT (member_id) DO UPDATE SET
    health = excluded.health,
    profile_id = coalesce(excluded.profile_id, sessions.profile_id),
    verified_at = coalesce(excluded.verified_at, sessions.verified_at),
    updated_at = excluded.updated_at,
    version = sessions.version + 1,
    state = excluded.state
WHERE :replaces IS NULL OR sessions.version = :replaces
RETURNING member_id, health, profile_id, verified_at, updated_at, first_saved_at, version
