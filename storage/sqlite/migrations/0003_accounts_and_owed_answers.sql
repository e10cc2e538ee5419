-- Names that clients have for accounts, and answers that somebody has not been given yet.
CREATE TABLE account_aliases (
    team_id TEXT NOT NULL,
    alias TEXT NOT NULL,
    member_id TEXT NOT NULL,
    PRIMARY KEY (team_id, alias),
    FOREIGN KEY (team_id, member_id) REFERENCES members (team_id, id)
) STRICT, WITHOUT ROWID;

ALTER TABLE tasks ADD COLUMN answer_owed INTEGER NOT NULL DEFAULT 0
CONSTRAINT answer_owed_boolean CHECK (answer_owed IN (0, 1));

CREATE INDEX tasks_awaited ON tasks (member_id)
WHERE status = 'queued' AND answer_owed = 1 AND is_write = 0;
