-- Use a token up, if it is good for this account now.
DELETE FROM live_view_tokens
WHERE digest = :digest AND member_id = :member_id AND expires_at > :now
