-- How many members' accounts are in which state; nothing for who was never signed in.
SELECT sessions.health, count(*) AS accounts
FROM members
LEFT JOIN sessions ON sessions.member_id = members.id
GROUP BY sessions.health
ORDER BY sessions.health
