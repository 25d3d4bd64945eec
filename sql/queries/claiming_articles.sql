-- The newest few articles that claim to be variants of each of some pages.
WITH ranked AS (
    SELECT
        c.article_id,
        c.claimed_url,
        row_number() OVER (PARTITION BY c.claimed_url ORDER BY c.article_id DESC) AS rank
    FROM ingest.claims AS c
    WHERE c.claimed_url = any(%(urls)s::text[])
)

SELECT
    a.canonical_url,
    coalesce(a.read_url, a.canonical_url) AS read_url,
    e.canonical_url AS entry_url,
    a.content_key,
    a.text,
    a.revision,
    a.redirects_to,
    r.claimed_url,
    array(SELECT f.url FROM ingest.former_urls AS f WHERE f.article_id = a.article_id) AS former_urls
FROM ranked AS r
INNER JOIN ingest.articles AS a ON r.article_id = a.article_id
INNER JOIN ingest.entries AS e ON a.entry_id = e.entry_id
WHERE r.rank <= %(limit)s
ORDER BY r.claimed_url, r.article_id
