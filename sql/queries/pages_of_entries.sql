-- The pages that visits brought: stored bytes, and each visit's own URLs and time.
SELECT DISTINCT ON (e.entry_id)
    e.entry_id,
    e.url,
    coalesce(e.final_url, p.final_url) AS final_url,
    e.http_status,
    p.headers,
    p.body,
    coalesce(e.fetched_at, p.fetched_at) AS fetched_at,
    p.content_hash
FROM ingest.entries AS e
INNER JOIN ingest.pages AS p ON e.page_hash = p.content_hash
WHERE e.entry_id = any(%(entry_ids)s::bigint[])
ORDER BY e.entry_id, p.stored_on
