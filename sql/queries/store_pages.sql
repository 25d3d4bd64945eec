-- Stores the bytes of pages unless they are there already, in whatever month that was.
INSERT INTO ingest.pages (content_hash, stored_on, url, final_url, headers, body, body_bytes, fetched_at)
SELECT
    n.content_hash,
    n.stored_on,
    n.url,
    n.final_url,
    n.headers::jsonb,
    n.body,
    n.body_bytes,
    n.fetched_at
FROM
    unnest(
        %(content_hashes)s::bytea[],
        %(stored_on)s::date[],
        %(urls)s::text[],
        %(final_urls)s::text[],
        %(headers)s::text[],
        %(bodies)s::bytea[],
        %(body_bytes)s::integer[],
        %(fetched_at)s::timestamptz[]
    ) AS n (content_hash, stored_on, url, final_url, headers, body, body_bytes, fetched_at)
WHERE NOT EXISTS (SELECT FROM ingest.pages AS p WHERE p.content_hash = n.content_hash)
ORDER BY n.content_hash
ON CONFLICT (content_hash, stored_on) DO NOTHING
