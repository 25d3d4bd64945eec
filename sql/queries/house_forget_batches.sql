-- Forgets batches that were claimed long ago and hold nothing unfinished.
DELETE FROM ingest.batches AS b
WHERE
    b.claimed_at < %(before)s
    AND NOT EXISTS (SELECT FROM ingest.entries AS e WHERE e.batch_id = b.batch_id AND e.stage <> 'done')
RETURNING b.batch_id
