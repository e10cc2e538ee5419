-- Accounts whose work somebody has stopped until he resumes it.
ALTER TABLE members ADD COLUMN paused_at INTEGER;

-- Which candidate has found which element of LinkedIn's pages, how often, and when last. A `rank` of
-- -1, without a candidate, is an element that none has found where it has to be.
CREATE TABLE locator_uses (
    element TEXT NOT NULL,
    candidate TEXT NOT NULL,
    rank INTEGER NOT NULL,
    times INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    PRIMARY KEY (element, candidate),
    CONSTRAINT ranked_iff_found CHECK ((rank >= 0) = (candidate <> ''))
) STRICT, WITHOUT ROWID;

-- What runners count beside their tasks.
CREATE TABLE runner_tallies (
    name TEXT NOT NULL PRIMARY KEY,
    times INTEGER NOT NULL,
    CONSTRAINT tally_known CHECK (name IN ('browser_restarts'))
) STRICT, WITHOUT ROWID;
