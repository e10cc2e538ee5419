-- Who may open the live view of an account, by the digest of a token that is good once.
CREATE TABLE live_view_tokens (
    digest TEXT NOT NULL PRIMARY KEY,
    member_id TEXT NOT NULL REFERENCES members (id),
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX live_view_tokens_by_end ON live_view_tokens (expires_at);

-- Who waits for an account until then: no task of it is begun, and nobody else gets its lease.
CREATE TABLE lease_requests (
    member_id TEXT NOT NULL PRIMARY KEY REFERENCES members (id),
    owner TEXT NOT NULL,
    until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
