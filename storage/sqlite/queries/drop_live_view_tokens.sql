-- Forget all tokens, because the clock was set: they last a few minutes, and are quickly made anew.
DELETE FROM live_view_tokens
