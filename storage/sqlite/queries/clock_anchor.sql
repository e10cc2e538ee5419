-- The recorded anchor, and the last moment of which it is known that the clock had reached it.
SELECT
    boot,
    wall_ahead,
    coalesce(
        (
            SELECT task_events.at
            FROM task_events
            WHERE task_events.seq > clock_anchor.last_event_seq
            ORDER BY task_events.seq DESC
            LIMIT 1
        ),
        at
    ) AS reached
FROM clock_anchor
WHERE id = 1
