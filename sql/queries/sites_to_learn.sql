-- Sites with pages that learning has not looked at: how many, whether a profile exists, and whether a person holds it;
-- of all sites, or of those that a batch visited.
SELECT
    s.domain,
    fresh.pages AS new_pages,
    last.version,
    coalesce(last.held, false) AS held
FROM ingest.sites AS s
LEFT JOIN LATERAL (
    SELECT
        max(p.version) AS version,
        max(p.learned_through) AS learned_through,
        bool_or(p.held) AS held
    FROM ingest.profiles AS p
    WHERE p.domain = s.domain
) AS last ON true
INNER JOIN LATERAL (
    SELECT count(DISTINCT e.canonical_url) AS pages
    FROM ingest.entries AS e
    WHERE
        e.domain = s.domain AND e.page_hash IS NOT null AND e.outcome IN ('loaded', 'unchanged', 'duplicate')
        AND e.entry_id > coalesce(last.learned_through, 0)
) AS fresh ON true
WHERE
    fresh.pages > 0
    AND (
        %(batch_id)s::bigint IS null
        OR s.domain IN (SELECT b.domain FROM ingest.entries AS b WHERE b.batch_id = %(batch_id)s)
    )
ORDER BY s.domain
