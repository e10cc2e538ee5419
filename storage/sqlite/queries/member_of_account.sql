-- The team's member whose account has this id or this name; an id comes first.
SELECT members.*
FROM members
WHERE
    members.team_id = :team_id
    AND members.id = coalesce(
        (SELECT own.id FROM members AS own WHERE own.team_id = :team_id AND own.id = :account_id),
        (
            SELECT member_id
            FROM account_aliases
            WHERE account_aliases.team_id = :team_id AND alias = :account_id
        )
    )
