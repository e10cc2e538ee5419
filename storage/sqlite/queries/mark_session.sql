-- Change a session's health, not its state; take down whose it is where that was not known.
UPDATE sessions
SET
    health = :health,
    profile_id = coalesce(profile_id, :profile_id),
    verified_at = CASE WHEN :verified THEN :now ELSE verified_at END,
    updated_at = :now,
    version = version + 1
WHERE member_id = :member_id AND (:replaces IS NULL OR version = :replaces)
RETURNING member_id, health, profile_id, verified_at, updated_at, first_saved_at, version
