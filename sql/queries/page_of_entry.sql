-- The page that a visit brought: stored bytes, and this visit's own URLs and time.
SELECT
    e.url,
    coalesce(e.final_url, p.final_url) AS final_url,
    e.http_status,
    p.headers,
    p.body,
    coalesce(e.fetched_at, p.fetched_at) AS fetched_at,
    p.content_hash
FROM ingest.entries AS e
INNER JOIN ingest.pages AS p ON e.page_hash = p.content_hash
WHERE e.entry_id = %(entry_id)s
ORDER BY p.stored_on
LIMIT 1
