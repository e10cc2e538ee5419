-- Keep a file for a task of the account that it was handed in for, and as long as was promised.
UPDATE uploads
SET expires_at = :now + kept_for
WHERE
    id = :upload_id
    AND team_id = :team_id
    AND member_id = :member_id
    AND name = :name
    AND media_type = :media_type
    AND byte_size = :byte_size
    AND expires_at > :now
RETURNING id
