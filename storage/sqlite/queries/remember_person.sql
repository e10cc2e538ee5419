-- What a profile page has just shown.
INSERT INTO people (member_id, profile_id, vanity, vanity_key, name, seen_at)
VALUES (:member_id, :profile_id, :vanity, :vanity_key, :name, :now)
ON CONFLICT (member_id, profile_id) DO UPDATE SET
    vanity = excluded.vanity,
    vanity_key = excluded.vanity_key,
    name = excluded.name,
    seen_at = excluded.seen_at
