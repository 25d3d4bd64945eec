-- What is known of URLs that a feed lists: visits under way, first and last visit, what items said of them.
SELECT
    w.canonical_url,
    l.last_hash,
    bool_or(e.stage <> 'done') AS unfinished,
    min(e.first_seen_at) AS first_seen_at,
    max(e.discovered_at) AS last_seen_at,
    array_agg(encode(e.item_hash, 'hex')) AS said
FROM unnest(%(urls)s::text[], %(feed_ids)s::bigint[]) AS w (canonical_url, feed_id)
INNER JOIN ingest.entries AS e ON w.canonical_url = e.canonical_url
LEFT JOIN LATERAL (
    SELECT encode(o.item_hash, 'hex') AS last_hash FROM ingest.entries AS o
    WHERE o.canonical_url = w.canonical_url AND o.feed_id IS NOT DISTINCT FROM w.feed_id
    ORDER BY o.entry_id DESC
    LIMIT 1
) AS l ON TRUE
GROUP BY w.canonical_url, l.last_hash
