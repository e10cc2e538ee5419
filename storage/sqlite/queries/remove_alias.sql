-- Forget a name.
DELETE FROM account_aliases
WHERE team_id = :team_id AND alias = :alias
