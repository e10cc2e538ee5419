-- How many of the team's tasks have ended how, by day (in UTC, counted from 1970), from that one on.
-- A day is one row, so that a day on which everything happened costs about what a quiet one does.
SELECT
    day,
    is_write,
    sum(tasks) FILTER (WHERE outcome = 'succeeded') AS succeeded,
    sum(tasks) FILTER (WHERE outcome = 'unconfirmed') AS unconfirmed,
    sum(tasks) FILTER (WHERE outcome = 'failed') AS failed,
    sum(tasks) FILTER (WHERE outcome = 'cancelled') AS cancelled
FROM day_tallies
WHERE team_id = :team_id AND day >= :since
GROUP BY day, is_write
ORDER BY day, is_write
