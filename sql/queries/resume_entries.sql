-- The rest of a batch whose worker died, for the worker that goes on with it; a death counts as an attempt.
UPDATE ingest.entries AS e SET attempts = e.attempts + 1
WHERE e.batch_id = %(batch_id)s AND e.stage <> 'done'
RETURNING e.*
