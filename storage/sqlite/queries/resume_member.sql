-- Let an account work again.
UPDATE members
SET paused_at = NULL
WHERE id = :member_id
RETURNING *
