-- When the next delivery is due.
SELECT min(next_at) AS at
FROM webhook_deliveries
WHERE state = 'pending'
