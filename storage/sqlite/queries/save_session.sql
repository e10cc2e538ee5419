-- Store a session's state. Without a new verification the last one stays, and so do a profile id
-- that is known already and the time of the first one, which is the account's and not the member's.
-- Another account's state takes the place of the known one's only where that is said.
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
    first_saved_at = CASE
        WHEN sessions.profile_id <> excluded.profile_id THEN excluded.first_saved_at
        ELSE sessions.first_saved_at
    END,
    version = sessions.version + 1,
    state = excluded.state
WHERE
    (:replaces IS NULL OR sessions.version = :replaces)
    AND (:replaces_account OR (sessions.profile_id <> excluded.profile_id) IS NOT TRUE)
RETURNING member_id, health, profile_id, verified_at, updated_at, first_saved_at, version
