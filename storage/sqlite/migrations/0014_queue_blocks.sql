-- How many tasks without a time are queued in each block of 64 of `seq`, by whose account and which
-- type: counted by triggers, so that a task's place among thousands is found by a few sums. A block
-- with none has no row.
CREATE TABLE queue_blocks (
    member_id TEXT NOT NULL,
    task_type TEXT NOT NULL,
    block INTEGER NOT NULL,
    tasks INTEGER NOT NULL,
    PRIMARY KEY (member_id, task_type, block),
    CONSTRAINT block_not_empty CHECK (tasks > 0)
) STRICT, WITHOUT ROWID;

INSERT INTO queue_blocks (member_id, task_type, block, tasks)
SELECT member_id, task_type, seq >> 6, count(*)
FROM tasks
WHERE status = 'queued' AND not_before IS NULL
GROUP BY 1, 2, 3;

CREATE TRIGGER tasks_added_queued AFTER INSERT ON tasks
WHEN NEW.status = 'queued' AND NEW.not_before IS NULL
BEGIN
    INSERT INTO queue_blocks (member_id, task_type, block, tasks)
    VALUES (NEW.member_id, NEW.task_type, NEW.seq >> 6, 1)
    ON CONFLICT DO UPDATE SET tasks = tasks + 1;
END;

CREATE TRIGGER tasks_queued_again AFTER UPDATE OF status, not_before ON tasks
WHEN
    NEW.status = 'queued' AND NEW.not_before IS NULL
    AND (OLD.status <> 'queued' OR OLD.not_before IS NOT NULL)
BEGIN
    INSERT INTO queue_blocks (member_id, task_type, block, tasks)
    VALUES (NEW.member_id, NEW.task_type, NEW.seq >> 6, 1)
    ON CONFLICT DO UPDATE SET tasks = tasks + 1;
END;

-- The last of a block takes its row away.
CREATE TRIGGER tasks_left_queue AFTER UPDATE OF status, not_before ON tasks
WHEN
    OLD.status = 'queued' AND OLD.not_before IS NULL
    AND (NEW.status <> 'queued' OR NEW.not_before IS NOT NULL)
BEGIN
    DELETE FROM queue_blocks
    WHERE
        member_id = NEW.member_id
        AND task_type = NEW.task_type
        AND block = NEW.seq >> 6
        AND tasks = 1;
    UPDATE queue_blocks
    SET tasks = tasks - 1
    WHERE member_id = NEW.member_id AND task_type = NEW.task_type AND block = NEW.seq >> 6;
END;
