-- Store a piece of a file.
INSERT INTO upload_pieces (upload_id, number, content)
VALUES (:upload_id, :number, :content)
