-- Take a file in; its pieces follow in the same transaction.
INSERT INTO uploads (
    id, team_id, member_id, name, media_type, byte_size, created_at, kept_for, expires_at
)
VALUES (
    :upload_id, :team_id, :member_id, :name, :media_type, :byte_size, :now, :kept_for,
    :now + :kept_for
)
RETURNING *
