-- Two changes of a session can be of the same moment, or the later one of an earlier: a clock is set.
-- Which is the newer one is counted. The table is rebuilt because `state` comes last.
ALTER TABLE sessions RENAME TO sessions_0010;

CREATE TABLE sessions (
    member_id TEXT NOT NULL PRIMARY KEY REFERENCES members (id),
    health TEXT NOT NULL,
    profile_id TEXT,
    verified_at INTEGER,
    updated_at INTEGER NOT NULL,
    first_saved_at INTEGER NOT NULL,
    version INTEGER NOT NULL DEFAULT 1,
    state BLOB NOT NULL,
    CONSTRAINT health_known
    CHECK (health IN ('signed_in', 'signed_out', 'challenge', 'restricted'))
) STRICT;

INSERT INTO sessions (
    member_id, health, profile_id, verified_at, updated_at, first_saved_at, state
)
SELECT member_id, health, profile_id, verified_at, updated_at, first_saved_at, state
FROM sessions_0010;

-- The trigger on it goes with it.
DROP TABLE sessions_0010;

CREATE TRIGGER sessions_changed_told AFTER UPDATE OF health ON sessions
WHEN OLD.health <> NEW.health
BEGIN
    INSERT INTO webhook_events (id, team_id, type, at, detail)
    SELECT
        'evt_' || lower(hex(randomblob(16))),
        members.team_id,
        told.type,
        NEW.updated_at,
        json_object('account_id', NEW.member_id, 'session', NEW.health)
    FROM members
    CROSS JOIN (
        SELECT iif(NEW.health = 'signed_in', 'account.recovered', 'account.needs_sign_in') AS type
    ) AS told
    WHERE
        members.id = NEW.member_id
        AND EXISTS (
            SELECT 1
            FROM webhook_endpoints
            WHERE
                team_id = members.team_id
                AND url IS NOT NULL
                AND disabled_at IS NULL
                AND (event_types IS NULL OR instr(event_types, '"' || told.type || '"'))
        );
END;
