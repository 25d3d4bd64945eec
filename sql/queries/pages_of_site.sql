-- The newest stored page of each of a site's articles, the newest first.
WITH newest AS (
    SELECT DISTINCT ON (e.canonical_url)
        e.entry_id,
        e.url,
        e.final_url,
        e.http_status,
        e.fetched_at,
        e.page_hash
    FROM ingest.entries AS e
    WHERE e.domain = %(domain)s AND e.page_hash IS NOT null AND e.outcome IN ('loaded', 'unchanged', 'duplicate')
    ORDER BY e.canonical_url, e.entry_id DESC
)

SELECT
    n.entry_id,
    n.url,
    coalesce(n.final_url, p.final_url) AS final_url,
    n.http_status,
    p.headers,
    p.body,
    coalesce(n.fetched_at, p.fetched_at) AS fetched_at,
    p.content_hash
FROM newest AS n
INNER JOIN LATERAL (
    SELECT
        s.final_url,
        s.headers,
        s.body,
        s.fetched_at,
        s.content_hash
    FROM ingest.pages AS s
    WHERE s.content_hash = n.page_hash
    ORDER BY s.stored_on
    LIMIT 1
) AS p ON true
ORDER BY n.entry_id DESC
LIMIT %(most)s
