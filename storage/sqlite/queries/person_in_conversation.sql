-- Who is in a conversation with the account.
SELECT profile_id
FROM conversations
WHERE member_id = :member_id AND thread_id = :thread_id
