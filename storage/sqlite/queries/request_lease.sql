-- Wait for an account, unless somebody else does.
INSERT INTO lease_requests (member_id, owner, until)
VALUES (:member_id, :owner, :now + :patience)
ON CONFLICT (member_id) DO UPDATE SET
    owner = excluded.owner,
    until = excluded.until
WHERE lease_requests.owner = excluded.owner OR lease_requests.until <= :now
