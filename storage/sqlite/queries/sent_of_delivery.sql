-- What a delivery of a team sends.
SELECT webhook_events.body
FROM webhook_deliveries
JOIN webhook_events ON webhook_events.seq = webhook_deliveries.event_seq
WHERE webhook_deliveries.id = :delivery_id AND webhook_events.team_id = :team_id
