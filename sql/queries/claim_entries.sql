-- Leases due entries of some sites to a batch, in turn one of each site, until there are enough; of a site with a long
-- pause no more than can be fetched in the step's time.
WITH due AS (
    SELECT
        e.entry_id,
        d.place,
        coalesce(s.pause_seconds, %(pause_seconds)s) AS pause_seconds,
        row_number() OVER (
            PARTITION BY d.domain ORDER BY e.not_before, e.published_at DESC NULLS LAST, e.entry_id
        ) AS turn
    FROM unnest(%(domains)s::text[]) WITH ORDINALITY AS d (domain, place)
    INNER JOIN ingest.sites AS s ON d.domain = s.domain
    CROSS JOIN LATERAL (
        SELECT
            n.entry_id,
            n.not_before,
            n.published_at
        FROM ingest.entries AS n
        WHERE
            n.domain = d.domain
            AND n.stage <> 'done'
            AND n.not_before <= %(now)s
            AND (n.lease_until IS NULL OR n.lease_until <= %(now)s)
        ORDER BY n.not_before, n.published_at DESC NULLS LAST, n.entry_id
        LIMIT %(per_domain)s
        FOR NO KEY UPDATE SKIP LOCKED
    ) AS e
),

chosen AS (
    SELECT due.entry_id FROM due
    WHERE due.turn = 1 OR due.turn * due.pause_seconds <= %(step_seconds)s
    ORDER BY due.turn, due.place
    LIMIT %(limit)s
)

UPDATE ingest.entries AS e SET
    stage = CASE e.stage WHEN 'waiting' THEN 'claimed' ELSE e.stage END,
    attempts = e.attempts + 1,
    batch_id = %(batch_id)s,
    lease_until = %(lease_until)s
FROM chosen AS c
WHERE e.entry_id = c.entry_id
RETURNING e.*
