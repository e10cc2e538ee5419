-- Nobody tries any more what is on its way to an endpoint that is switched off.
UPDATE webhook_deliveries
SET state = 'dead', next_at = NULL, claimed_until = NULL, last_error = 'endpoint_disabled'
WHERE endpoint_id = :webhook_id AND state = 'pending'
