-- How much a team has lying here.
SELECT
    count(*) AS files,
    coalesce(sum(byte_size), 0) AS bytes
FROM uploads
WHERE team_id = :team_id
