-- Gives visits that nobody has begun the page that was pushed, so that nothing is fetched; says which.
UPDATE ingest.entries AS e
SET
    stage = 'fetched',
    page_hash = decode(w.page_hash, 'hex'),
    final_url = e.url,
    http_status = 200,
    fetched_at = %(now)s,
    not_before = %(now)s,
    revisit_at = NULL
FROM unnest(%(canonical_urls)s::text[], %(page_hashes)s::text[]) AS w (canonical_url, page_hash)
WHERE e.canonical_url = w.canonical_url AND e.stage = 'waiting'
RETURNING e.canonical_url
