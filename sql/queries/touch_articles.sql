-- Articles that a visit found unchanged; the publisher's modification time may move without the text.
UPDATE ingest.articles AS a SET
    last_seen_at = %(now)s,
    modified_at = coalesce(u.modified_at, a.modified_at)
FROM unnest(%(urls)s::text[], %(modified_at)s::timestamptz[]) AS u (url, modified_at)
WHERE a.canonical_url = u.url
