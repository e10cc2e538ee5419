-- Every webhook's encrypted secrets.
SELECT id, secret, old_secret
FROM webhook_endpoints
