-- Record how far the wall clock is ahead of the one that counts from this boot.
INSERT INTO clock_anchor (id, boot, wall_ahead, at, last_event_seq)
VALUES (
    1, :boot, :wall_ahead, :now, coalesce((SELECT max(seq) FROM task_events), 0)
)
ON CONFLICT (id) DO UPDATE SET
    boot = excluded.boot,
    wall_ahead = excluded.wall_ahead,
    at = excluded.at,
    last_event_seq = excluded.last_event_seq
