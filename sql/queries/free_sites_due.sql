-- Sites that nobody fetches from and that have something due, who waited longest first; locked until commit.
SELECT s.domain FROM ingest.sites AS s
WHERE
    (s.lease_until IS NULL OR s.lease_until <= %(now)s)
    AND (s.next_fetch_at IS NULL OR s.next_fetch_at <= %(now)s)
    AND (s.next_turn_at IS NULL OR s.next_turn_at <= %(now)s + interval '30 seconds')
    AND EXISTS (
        SELECT FROM ingest.entries AS e
        WHERE
            e.domain = s.domain
            AND e.stage <> 'done'
            AND e.not_before <= %(now)s
            AND (e.lease_until IS NULL OR e.lease_until <= %(now)s)
    )
ORDER BY s.claimed_at NULLS FIRST, s.domain
LIMIT %(limit)s
FOR NO KEY UPDATE OF s SKIP LOCKED
