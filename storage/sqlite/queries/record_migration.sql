-- Remember a migration, in the transaction that applies it.
INSERT INTO schema_migrations (version, name, applied_at)
VALUES (:version, :name, :now)
