-- Claimed pages that nothing visits and no other article claims, and the feed of the claimant; not of archives.
SELECT DISTINCT ON (u.claimed_url)
    u.claimed_url,
    e.feed_id
FROM unnest(%(article_ids)s::bigint[], %(claimed_urls)s::text[]) AS u (article_id, claimed_url)
INNER JOIN ingest.articles AS a ON u.article_id = a.article_id
INNER JOIN ingest.entries AS e ON a.entry_id = e.entry_id
WHERE
    e.source NOT IN ('archive', 'command')
    AND NOT EXISTS (SELECT FROM ingest.entries AS o WHERE o.canonical_url = u.claimed_url)
    AND NOT EXISTS (
        SELECT FROM ingest.claims AS c WHERE c.claimed_url = u.claimed_url AND c.article_id <> u.article_id
    )
ORDER BY u.claimed_url, u.article_id
