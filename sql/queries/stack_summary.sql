-- What the visits since a mark came to, by publisher; removed blocks are those of the articles' newest revisions.
SELECT
    coalesce(max(nullif(t.publisher, e.domain)), max(a.site_name), max(f.title), e.domain) AS publisher,
    count(*) FILTER (WHERE e.outcome = 'loaded') AS loaded,
    count(*) FILTER (WHERE e.outcome = 'unchanged') AS unchanged,
    count(*) FILTER (WHERE e.outcome = 'duplicate') AS duplicates,
    count(*) FILTER (WHERE e.outcome = 'quarantined') AS quarantined,
    count(*) FILTER (WHERE e.outcome IN ('refused', 'gone', 'failed')) AS unusable,
    coalesce(sum(
        (SELECT count(*) FROM ingest.removals AS m WHERE m.article_id = a.article_id AND m.revision = a.revision)
    ), 0)::bigint AS removed_blocks
FROM ingest.entries AS e
LEFT JOIN ingest.articles AS a ON e.article_id = a.article_id AND e.outcome IN ('loaded', 'unchanged')
LEFT JOIN ingest.feeds AS f ON e.feed_id = f.feed_id
LEFT JOIN ingest.attributions AS t ON a.article_id = t.article_id
WHERE e.entry_id >= %(entry_id)s AND e.finished_at >= %(instant)s
GROUP BY e.domain
ORDER BY publisher;
