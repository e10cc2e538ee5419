-- How many browsers were replaced since the beginning.
SELECT times
FROM runner_tallies
WHERE name = 'browser_restarts'
