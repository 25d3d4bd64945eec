-- The newest few articles that items of feeds, by their own ids, listed under whatever URL.
SELECT DISTINCT
    w.feed_id,
    w.guid,
    a.canonical_url
FROM unnest(%(feed_ids)s::bigint[], %(guids)s::text[]) AS w (feed_id, guid)
CROSS JOIN
    LATERAL (
        SELECT e.article_id FROM ingest.entries AS e
        WHERE
            e.feed_id = w.feed_id AND hashtextextended(e.guid, 0) = hashtextextended(w.guid, 0) AND e.guid = w.guid
            AND e.outcome = 'loaded' AND e.guid IS NOT NULL
        ORDER BY e.entry_id DESC
        LIMIT %(limit)s
    ) AS v
INNER JOIN ingest.articles AS a ON v.article_id = a.article_id
