-- The text of an origin's robots.txt.
SELECT r.text FROM ingest.robots AS r
WHERE r.origin = %(origin)s
