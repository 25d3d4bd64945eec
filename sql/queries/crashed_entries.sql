-- Entries whose lease ran out and that have been claimed as often as they may.
SELECT
    e.entry_id,
    e.attempts,
    e.stage
FROM ingest.entries AS e
WHERE e.lease_until <= %(now)s AND e.stage <> 'done' AND e.attempts >= %(max_attempts)s
FOR NO KEY UPDATE SKIP LOCKED
