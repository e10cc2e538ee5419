-- Give an endpoint another secret; the old one signs as well for a while.
UPDATE webhook_endpoints
SET
    secret = :secret,
    old_secret = secret,
    old_secret_until = :now + :old_kept_for
WHERE id = :webhook_id AND team_id = :team_id
RETURNING *
