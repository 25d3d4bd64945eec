-- Adds feeds, or changes title, interval and kind of those that are there, also under a URL that they had before.
INSERT INTO ingest.feeds AS f (url, title, wanted_seconds, poll_seconds, kind, declared)
SELECT DISTINCT ON (url)
    coalesce(m.url, i.url) AS url,
    i.title,
    i.poll_seconds,
    coalesce(i.poll_seconds, 900),
    coalesce(i.kind, 'feed'),
    %(declared)s
FROM jsonb_to_recordset(%(feeds)s::jsonb) AS i (url text, title text, poll_seconds integer, kind text)
LEFT JOIN ingest.feeds AS m
    ON i.url = any(m.former_urls) AND NOT EXISTS (SELECT FROM ingest.feeds AS o WHERE o.url = i.url)
ORDER BY url
ON CONFLICT (url) DO UPDATE
    SET
        title = coalesce(excluded.title, f.title),
        wanted_seconds = coalesce(excluded.wanted_seconds, f.wanted_seconds),
        poll_seconds = coalesce(excluded.wanted_seconds, f.poll_seconds),
        kind = excluded.kind,
        declared = excluded.declared OR f.declared,
        -- what we paused ourselves goes on when a person asks for it, not each time that feeds.toml is read
        paused = excluded.declared AND f.paused AND f.pause_reason IS NOT NULL
RETURNING f.url, f.xmax = 0 AS is_new
