-- Adds feeds, or changes title and interval of those that are there where new ones are given.
INSERT INTO ingest.feeds AS f (url, title, wanted_seconds, poll_seconds, declared)
SELECT
    i.url,
    i.title,
    i.poll_seconds,
    coalesce(i.poll_seconds, 900),
    %(declared)s
FROM jsonb_to_recordset(%(feeds)s::jsonb) AS i (url text, title text, poll_seconds integer)
ORDER BY i.url
ON CONFLICT (url) DO UPDATE
    SET
        title = coalesce(excluded.title, f.title),
        wanted_seconds = coalesce(excluded.wanted_seconds, f.wanted_seconds),
        poll_seconds = coalesce(excluded.wanted_seconds, f.poll_seconds),
        declared = excluded.declared OR f.declared,
        paused = false
RETURNING f.url, f.xmax = 0 AS is_new
