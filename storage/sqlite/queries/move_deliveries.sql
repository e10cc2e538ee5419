-- Pauses between attempts last as long as they would have.
UPDATE webhook_deliveries
SET
    next_at = next_at + :moved_by,
    claimed_until = claimed_until + :moved_by
WHERE state = 'pending'
