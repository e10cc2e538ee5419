-- Browsers that were replaced.
INSERT INTO runner_tallies (name, times)
VALUES ('browser_restarts', :times)
ON CONFLICT DO UPDATE SET times = times + excluded.times
