-- With whom alone the account has which conversation; what is known already is not written again.
INSERT INTO conversations (member_id, thread_id, profile_id)
SELECT :member_id, found.key, found.value
FROM json_each(:found) AS found
WHERE true
ON CONFLICT (member_id, thread_id) DO UPDATE SET
    profile_id = excluded.profile_id
WHERE profile_id <> excluded.profile_id
