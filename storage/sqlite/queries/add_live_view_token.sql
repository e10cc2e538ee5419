-- Somebody may open this account's live view, once.
INSERT INTO live_view_tokens (digest, member_id, expires_at)
VALUES (:digest, :member_id, :now + :lasts)
