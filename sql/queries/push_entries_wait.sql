-- Whether anything in the frontier waits for somebody to begin it, at a site that nobody is at.
SELECT count(*) > 0 AS wait
FROM (
    SELECT s.domain FROM ingest.sites AS s
    WHERE
        (s.lease_until IS NULL OR s.lease_until <= now())
        AND (s.next_fetch_at IS NULL OR s.next_fetch_at <= now())
        AND EXISTS (
            SELECT FROM ingest.entries AS e
            WHERE
                e.domain = s.domain
                AND e.stage <> 'done'
                AND e.not_before <= now()
                AND (e.lease_until IS NULL OR e.lease_until <= now())
        )
    ORDER BY s.domain
    LIMIT 1
) AS w
