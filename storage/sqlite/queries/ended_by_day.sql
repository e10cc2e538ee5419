-- How many of the team's tasks have ended how, by day (in UTC, counted from 1970), from that one on.
SELECT day, is_write, outcome, tasks
FROM day_tallies
WHERE team_id = :team_id AND day >= :since
ORDER BY day, is_write, outcome
