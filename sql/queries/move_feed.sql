-- Gives a feed its new URL; where feeds.toml declares the old one, or the new one is a feed too, it only says so.
WITH moved AS (
    SELECT
        f.feed_id,
        f.declared OR EXISTS (SELECT FROM ingest.feeds AS o WHERE o.url = %(url)s) AS stays,
        concat_ws('; ', 'moved for good to ' || %(url)s, f.last_error) AS remark
    FROM ingest.feeds AS f
    WHERE f.feed_id = %(feed_id)s AND f.url <> %(url)s
)

UPDATE ingest.feeds AS f SET
    url = CASE WHEN m.stays THEN f.url ELSE %(url)s END,
    last_error = CASE WHEN m.stays THEN m.remark ELSE f.last_error END
FROM moved AS m
WHERE f.feed_id = m.feed_id
