-- Articles that are, were or were last read at some URLs, and the newest few that visits to these made; with what their
-- newest revision comes from and what they claim.
SELECT
    a.canonical_url,
    coalesce(a.read_url, a.canonical_url) AS read_url,
    e.canonical_url AS entry_url,
    a.content_key,
    a.text,
    a.revision,
    a.redirects_to,
    c.claimed_url,
    array(SELECT f.url FROM ingest.former_urls AS f WHERE f.article_id = a.article_id) AS former_urls
FROM ingest.articles AS a
INNER JOIN ingest.entries AS e ON a.entry_id = e.entry_id
LEFT JOIN ingest.claims AS c ON a.article_id = c.article_id
WHERE
    a.article_id IN (
        SELECT o.article_id FROM ingest.articles AS o
        WHERE o.canonical_url = any(%(urls)s::text[])
        UNION
        SELECT o.article_id FROM ingest.articles AS o
        WHERE o.read_url = any(%(urls)s::text[])
        UNION
        SELECT f.article_id FROM ingest.former_urls AS f
        WHERE f.url = any(%(urls)s::text[])
        UNION
        SELECT v.article_id
        FROM unnest(%(urls)s::text[]) AS w (url)
        CROSS JOIN
            LATERAL (
                SELECT x.article_id FROM ingest.entries AS x
                WHERE x.canonical_url = w.url AND x.outcome = 'loaded'
                ORDER BY x.entry_id DESC
                LIMIT %(limit)s
            ) AS v
    )
