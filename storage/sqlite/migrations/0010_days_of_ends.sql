-- How many of a team's tasks have ended how on each day (in UTC, counted from 1970): counted by a
-- trigger as the other tallies are, so that a plot of some days reads some rows for each day. No
-- task is ever deleted or ends twice, so nothing is ever taken off.
CREATE TABLE day_tallies (
    team_id TEXT NOT NULL REFERENCES teams (id),
    day INTEGER NOT NULL,
    is_write INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    tasks INTEGER NOT NULL,
    PRIMARY KEY (team_id, day, is_write, outcome),
    CONSTRAINT day_is_write_boolean CHECK (is_write IN (0, 1)),
    CONSTRAINT day_outcome_final CHECK (
        outcome IN ('succeeded', 'failed', 'unconfirmed', 'cancelled')
    )
) STRICT, WITHOUT ROWID;

-- What has ended before.
INSERT INTO day_tallies (team_id, day, is_write, outcome, tasks)
SELECT team_id, finished_at / 86400000000, is_write, status, count(*)
FROM tasks
WHERE finished_at IS NOT NULL
GROUP BY 1, 2, 3, 4;

-- Nothing else looked into it.
DROP INDEX tasks_by_end;

DROP TRIGGER tasks_ended;

CREATE TRIGGER tasks_ended AFTER UPDATE OF status ON tasks
WHEN OLD.finished_at IS NULL AND NEW.finished_at IS NOT NULL
BEGIN
    INSERT INTO task_tallies (task_type, outcome, code, tasks)
    VALUES (NEW.task_type, NEW.status, coalesce(json_extract(NEW.error, '$.code'), ''), 1)
    ON CONFLICT DO UPDATE SET tasks = tasks + 1;
    INSERT INTO day_tallies (team_id, day, is_write, outcome, tasks)
    VALUES (NEW.team_id, NEW.finished_at / 86400000000, NEW.is_write, NEW.status, 1)
    ON CONFLICT DO UPDATE SET tasks = tasks + 1;
END;
