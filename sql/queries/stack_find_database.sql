-- One row if the server has a database of that name.
SELECT d.datname
FROM pg_catalog.pg_database AS d
WHERE d.datname = %(name)s;
