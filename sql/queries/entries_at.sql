-- The entries of a batch that are at one stage.
SELECT e.*
FROM ingest.entries AS e
WHERE e.batch_id = %(batch_id)s AND e.stage = %(stage)s
