-- Stores a page's bytes unless they are there already, in whatever month that was.
INSERT INTO ingest.pages (content_hash, stored_on, url, final_url, headers, body, body_bytes, fetched_at)
SELECT
    %(content_hash)s,
    %(stored_on)s,
    %(url)s,
    %(final_url)s,
    %(headers)s,
    %(body)s,
    %(body_bytes)s,
    %(fetched_at)s
WHERE NOT EXISTS (SELECT FROM ingest.pages AS p WHERE p.content_hash = %(content_hash)s)
ON CONFLICT (content_hash, stored_on) DO NOTHING
