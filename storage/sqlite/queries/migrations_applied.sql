-- The migrations this database has seen, oldest first.
SELECT version, name
FROM schema_migrations
ORDER BY version
