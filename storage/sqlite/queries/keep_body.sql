-- What is sent of an event, put into words once: who comes second uses the first one's.
UPDATE webhook_events
SET body = coalesce(body, :body)
WHERE id = :event_id
RETURNING body
