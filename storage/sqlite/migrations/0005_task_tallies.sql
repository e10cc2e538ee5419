-- How many tasks have ended how, and how long the steps of their lives have taken: counted by a
-- trigger, so that no count needs to look at the tasks, and every process finds the same ones.
-- `code` is empty for what has succeeded.
CREATE TABLE task_tallies (
    task_type TEXT NOT NULL,
    outcome TEXT NOT NULL,
    code TEXT NOT NULL,
    tasks INTEGER NOT NULL,
    PRIMARY KEY (task_type, outcome, code)
) STRICT, WITHOUT ROWID;

-- `up_to` is in seconds, and 0 for whatever took longer than the longest bound.
CREATE TABLE task_times (
    task_type TEXT NOT NULL,
    step TEXT NOT NULL,
    up_to INTEGER NOT NULL,
    tasks INTEGER NOT NULL,
    total INTEGER NOT NULL,
    PRIMARY KEY (task_type, step, up_to),
    CONSTRAINT step_known CHECK (step IN ('pick_up', 'submit', 'end'))
) STRICT, WITHOUT ROWID;

CREATE TRIGGER tasks_ended AFTER UPDATE OF status ON tasks
WHEN OLD.finished_at IS NULL AND NEW.finished_at IS NOT NULL
BEGIN
    INSERT INTO task_tallies (task_type, outcome, code, tasks)
    VALUES (NEW.task_type, NEW.status, coalesce(json_extract(NEW.error, '$.code'), ''), 1)
    ON CONFLICT DO UPDATE SET tasks = tasks + 1;
END;

-- The wait for the first pick-up counts from the time that the client asked for; a clock that was
-- set back makes no time negative. The end counts from the submit, of what submits nothing from
-- the pick-up; a write that ended before its submit has none.
CREATE TRIGGER tasks_stepped AFTER UPDATE OF status ON tasks
WHEN OLD.status <> NEW.status
BEGIN
    INSERT INTO task_times (task_type, step, up_to, tasks, total)
    SELECT
        NEW.task_type,
        taken.step,
        coalesce(
            (
                SELECT min(bound.column1)
                FROM (VALUES (1), (5), (15), (60), (300), (1800), (7200), (43200)) AS bound
                WHERE taken.micros <= bound.column1 * 1000000
            ),
            0
        ),
        1,
        max(taken.micros, 0)
    FROM (
        SELECT
            'pick_up' AS step,
            NEW.started_at - max(
                OLD.created_at,
                iif(OLD.wait_reason = 'schedule', OLD.not_before, OLD.created_at)
            ) AS micros
        WHERE OLD.started_at IS NULL AND NEW.started_at IS NOT NULL
        UNION ALL
        SELECT 'submit', NEW.submitted_at - NEW.started_at
        WHERE OLD.submitted_at IS NULL AND NEW.submitted_at IS NOT NULL
        UNION ALL
        SELECT 'end', NEW.finished_at - coalesce(NEW.submitted_at, NEW.started_at)
        WHERE
            OLD.finished_at IS NULL
            AND NEW.finished_at IS NOT NULL
            AND (NEW.submitted_at IS NOT NULL OR (NEW.is_write = 0 AND NEW.started_at IS NOT NULL))
    ) AS taken
    WHERE true
    ON CONFLICT DO UPDATE SET tasks = tasks + 1, total = total + excluded.total;
END;

-- What has ended before; how long it took is counted from here on.
INSERT INTO task_tallies (task_type, outcome, code, tasks)
SELECT task_type, status, coalesce(json_extract(error, '$.code'), ''), count(*)
FROM tasks
WHERE finished_at IS NOT NULL
GROUP BY 1, 2, 3;
