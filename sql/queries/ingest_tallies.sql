-- What ended since an instant, by publisher.
SELECT
    coalesce(max(t.publisher), e.domain) AS publisher,
    count(*) FILTER (WHERE e.outcome = 'loaded') AS loaded,
    count(*) FILTER (WHERE e.outcome = 'unchanged') AS unchanged,
    count(*) FILTER (WHERE e.outcome = 'duplicate') AS duplicates,
    count(*) FILTER (WHERE e.outcome = 'quarantined') AS quarantined,
    count(*) FILTER (WHERE e.outcome IN ('refused', 'gone', 'failed')) AS unusable,
    coalesce(sum(m.removed), 0)::bigint AS removed
FROM ingest.entries AS e
LEFT JOIN ingest.attributions AS t ON e.article_id = t.article_id
LEFT JOIN LATERAL (
    SELECT count(*) AS removed
    FROM ingest.revisions AS r
    INNER JOIN ingest.removals AS v ON r.article_id = v.article_id AND r.revision = v.revision
    WHERE r.article_id = e.article_id AND r.entry_id = e.entry_id
) AS m ON TRUE
WHERE e.finished_at >= %(since)s
GROUP BY e.domain
ORDER BY publisher
