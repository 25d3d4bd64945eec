-- Whether anything in the frontier waits for somebody to begin it.
SELECT count(*) > 0 AS wait
FROM (
    SELECT e.entry_id FROM ingest.entries AS e
    WHERE e.stage <> 'done' AND e.not_before <= now() AND (e.lease_until IS NULL OR e.lease_until <= now())
    ORDER BY e.domain, e.not_before
    LIMIT 1
) AS w
