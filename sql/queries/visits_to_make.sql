-- Claimed entries of a batch, how many requests at a time their sites take, and what the last visit left, if that ended
-- well and its item said the same.
SELECT
    e.*,
    l.etag AS last_etag,
    l.last_modified AS last_last_modified,
    l.page_hash AS last_page_hash,
    l.article_id AS last_article_id,
    l.final_url AS last_final_url,
    coalesce(l.moved, FALSE) AS last_moved,
    coalesce(s.concurrency, 1) AS concurrency
FROM ingest.entries AS e
INNER JOIN ingest.sites AS s ON e.domain = s.domain
LEFT JOIN
    LATERAL (
        SELECT
            o.etag,
            o.last_modified,
            o.page_hash,
            o.article_id,
            o.final_url,
            o.moved,
            o.outcome,
            o.item_hash
        FROM ingest.entries AS o
        WHERE o.canonical_url = e.canonical_url AND o.entry_id < e.entry_id
        ORDER BY o.entry_id DESC
        LIMIT 1
    ) AS l
    ON
        l.outcome IN ('loaded', 'unchanged', 'duplicate')
        AND e.item_hash = l.item_hash
        AND l.page_hash IS NOT NULL
        AND l.article_id IS NOT NULL
WHERE e.batch_id = %(batch_id)s AND e.stage = 'claimed'
ORDER BY e.not_before, e.published_at DESC NULLS LAST, e.entry_id
