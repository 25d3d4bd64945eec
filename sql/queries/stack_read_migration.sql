-- Which version of Airflow made the tables of its database.
SELECT pg_catalog.shobj_description(d.oid, 'pg_database') AS note
FROM pg_catalog.pg_database AS d
WHERE d.datname = 'airflow';
