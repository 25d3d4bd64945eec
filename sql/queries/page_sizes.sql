-- How long the pages are that visits brought, in bytes without compression.
SELECT
    e.entry_id,
    max(p.body_bytes) AS body_bytes
FROM ingest.entries AS e
INNER JOIN ingest.pages AS p ON e.page_hash = p.content_hash
WHERE e.entry_id = any(%(entry_ids)s::bigint[])
GROUP BY e.entry_id
ORDER BY e.entry_id
