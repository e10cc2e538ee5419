-- A file's pieces in order.
SELECT upload_pieces.content
FROM uploads
INNER JOIN upload_pieces ON upload_pieces.upload_id = uploads.id
WHERE uploads.id = :upload_id AND uploads.member_id = :member_id
ORDER BY upload_pieces.number
