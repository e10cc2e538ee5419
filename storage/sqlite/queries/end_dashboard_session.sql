-- Sign somebody out of the dashboard.
DELETE FROM dashboard_sessions
WHERE digest = :digest
