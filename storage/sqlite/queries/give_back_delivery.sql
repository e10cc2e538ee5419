-- Leave a delivery to whoever looks next, as if nobody had tried it.
UPDATE webhook_deliveries
SET next_at = :now, claimed_until = NULL
WHERE id = :delivery_id AND claimed_until = :claimed_until
