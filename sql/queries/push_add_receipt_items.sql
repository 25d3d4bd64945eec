-- Ties what a push named to the newest visit of each URL.
INSERT INTO ingest.push_receipt_items (receipt_id, position, url, entry_id)
SELECT
    %(receipt_id)s,
    w.position - 1,
    w.url,
    (SELECT max(e.entry_id) FROM ingest.entries AS e WHERE e.canonical_url = w.canonical_url)
FROM unnest(%(urls)s::text[], %(canonical_urls)s::text[]) WITH ORDINALITY AS w (url, canonical_url, position)
