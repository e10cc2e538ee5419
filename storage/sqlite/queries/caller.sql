-- Everything that authentication asks about a presented key, in one go: its team, the team's
-- oldest admin (as in `acting_member.sql`) and how the team's sessions are doing.
SELECT
    api_keys.id AS key_id,
    api_keys.team_id,
    api_keys.scope,
    acting.id AS acting_member_id,
    EXISTS (
        SELECT 1
        FROM sessions
        WHERE sessions.member_id = acting.id AND sessions.health = 'signed_in'
    ) AS acting_session_active,
    (
        SELECT max(sessions.verified_at)
        FROM members
        JOIN sessions ON sessions.member_id = members.id
        WHERE members.team_id = api_keys.team_id
    ) AS team_verified_at
FROM api_keys
LEFT JOIN members AS acting ON acting.id = (
    SELECT members.id
    FROM members
    WHERE members.team_id = api_keys.team_id AND members.role = 'admin'
    ORDER BY members.joined_at, members.id
    LIMIT 1
)
WHERE api_keys.digest = :digest AND api_keys.revoked_at IS NULL
