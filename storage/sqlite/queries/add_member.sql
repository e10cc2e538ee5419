-- A new member, who joined now unless another time is given.
INSERT INTO members (id, team_id, name, role, joined_at)
VALUES (:member_id, :team_id, :name, :role, coalesce(:joined_at, :now))
RETURNING *
