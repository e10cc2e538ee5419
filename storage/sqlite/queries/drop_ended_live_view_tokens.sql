-- Forget the tokens that nobody has used in time.
DELETE FROM live_view_tokens
WHERE expires_at <= :now
