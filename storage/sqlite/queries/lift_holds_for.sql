-- Forget every hold for these reasons.
DELETE FROM holds
WHERE reason IN (SELECT value FROM json_each(:reasons))
