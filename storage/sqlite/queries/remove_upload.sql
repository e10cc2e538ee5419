-- Remove a file of an account.
DELETE FROM uploads
WHERE id = :upload_id AND member_id = :member_id
