-- Send an event to one endpoint.
INSERT INTO webhook_deliveries (id, event_seq, endpoint_id, target, state, attempts, next_at)
VALUES (:delivery_id, :event_seq, :webhook_id, :webhook_id, 'pending', 0, :now)
