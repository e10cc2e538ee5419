-- Let an account take up nothing any more; the time of the first pause stays.
UPDATE members
SET paused_at = coalesce(paused_at, :now)
WHERE id = :member_id
RETURNING *
