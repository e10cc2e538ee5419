-- Every table of the program's own; empty for a new database.
SELECT name
FROM sqlite_schema
WHERE type = 'table' AND name NOT LIKE 'sqlite\_%' ESCAPE '\'
