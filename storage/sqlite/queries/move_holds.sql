-- Holds last as long as they would have.
UPDATE holds
SET until = until + :moved_by
