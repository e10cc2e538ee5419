-- The same state, encrypted with another key.
UPDATE sessions
SET state = :state
WHERE member_id = :member_id
