-- What came of an attempt, unless somebody else has the delivery by now.
UPDATE webhook_deliveries
SET
    state = :state,
    attempts = attempts + 1,
    next_at = :next_at,
    claimed_until = NULL,
    last_at = :now,
    last_status = :status,
    last_error = :error
WHERE id = :delivery_id AND claimed_until = :claimed_until
RETURNING endpoint_id, event_seq, callback_url
