-- The conversations that the account has with one person.
SELECT thread_id
FROM conversations
WHERE member_id = :member_id AND profile_id = :profile_id
ORDER BY thread_id
