-- How often which outcome came of deliveries.
SELECT event_type, outcome, deliveries
FROM webhook_tallies
ORDER BY event_type, outcome
