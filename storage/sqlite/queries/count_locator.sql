-- How often a candidate has found an element; its place may change with a release or an operator's
-- own candidates.
INSERT INTO locator_uses (element, candidate, rank, times, last_at)
VALUES (:element, :candidate, :rank, :times, :now)
ON CONFLICT (element, candidate) DO UPDATE SET
    rank = excluded.rank,
    times = times + excluded.times,
    last_at = excluded.last_at
