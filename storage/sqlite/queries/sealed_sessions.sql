-- Every session's encrypted state.
SELECT member_id, state
FROM sessions
