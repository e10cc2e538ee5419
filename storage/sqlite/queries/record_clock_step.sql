-- Leave a trace of a clock that was set.
INSERT INTO clock_steps (at, moved_by)
VALUES (:now, :moved_by)
