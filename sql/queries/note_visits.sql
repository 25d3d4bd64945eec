-- Notes what came back from visits.
UPDATE ingest.entries AS e SET
    final_url = coalesce(n.final_url, e.url),
    moved = n.moved,
    http_status = n.status,
    etag = n.etag,
    last_modified = n.last_modified,
    fetched_at = n.fetched_at,
    page_hash = decode(n.page_hash, 'hex')
FROM
    unnest(
        %(entry_ids)s::bigint[],
        %(final_urls)s::text[],
        %(moved)s::boolean[],
        %(statuses)s::integer[],
        %(etags)s::text[],
        %(last_modified)s::text[],
        %(fetched_at)s::timestamptz[],
        %(page_hashes)s::text[]
    ) AS n (entry_id, final_url, moved, status, etag, last_modified, fetched_at, page_hash)
WHERE e.entry_id = n.entry_id AND e.batch_id = %(batch_id)s AND e.stage = 'claimed'
