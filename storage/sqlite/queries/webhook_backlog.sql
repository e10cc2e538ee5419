-- How much waits to be delivered, and since when.
SELECT count(*) AS deliveries, min(webhook_events.at) AS since
FROM webhook_deliveries
JOIN webhook_events ON webhook_events.seq = webhook_deliveries.event_seq
WHERE webhook_deliveries.state = 'pending'
