-- Takes back the attempt that the last claim of a batch counted, once.
WITH excused AS (
    UPDATE ingest.batches AS b SET is_excused = true
    WHERE b.batch_id = %(batch_id)s AND NOT b.is_excused
    RETURNING b.batch_id
)

UPDATE ingest.entries AS e SET attempts = greatest(e.attempts - 1, 0)
FROM excused AS x
WHERE e.batch_id = x.batch_id AND e.stage <> 'done'
