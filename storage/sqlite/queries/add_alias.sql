-- Give an account another name; the name of another account of the team goes over to this one.
INSERT INTO account_aliases (team_id, alias, member_id)
SELECT team_id, :alias, id
FROM members
WHERE id = :member_id
ON CONFLICT (team_id, alias) DO UPDATE SET member_id = excluded.member_id
