-- Files that clients hand in to go out with messages, or that were fetched for them, in pieces. They
-- lie here, and not beside the database, so that every process on it and every copy of it has them.
CREATE TABLE uploads (
    id TEXT NOT NULL PRIMARY KEY,
    team_id TEXT NOT NULL,
    member_id TEXT NOT NULL,
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    byte_size INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    kept_for INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    FOREIGN KEY (team_id, member_id) REFERENCES members (team_id, id),
    CONSTRAINT byte_size_positive CHECK (byte_size > 0)
) STRICT;

CREATE INDEX uploads_by_team ON uploads (team_id);
CREATE INDEX uploads_by_end ON uploads (expires_at);

CREATE TABLE upload_pieces (
    upload_id TEXT NOT NULL REFERENCES uploads (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (upload_id, number)
) STRICT;

-- Which tasks need which files: until they have ended, the files stay.
CREATE TABLE task_uploads (
    upload_id TEXT NOT NULL REFERENCES uploads (id) ON DELETE CASCADE,
    task_seq INTEGER NOT NULL REFERENCES tasks (seq),
    PRIMARY KEY (upload_id, task_seq)
) STRICT, WITHOUT ROWID;
