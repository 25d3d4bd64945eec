-- The identity of what entries visit, in the order in which they were discovered.
SELECT
    e.entry_id,
    e.canonical_url,
    coalesce(e.final_url, e.url) AS final_url,
    e.moved,
    e.feed_id,
    e.guid
FROM ingest.entries AS e
WHERE e.entry_id = any(%(entry_ids)s::bigint[])
ORDER BY e.entry_id
