-- The names of a team's accounts.
SELECT alias, member_id
FROM account_aliases
WHERE team_id = :team_id
ORDER BY alias
