-- A feed by its URL or its number.
SELECT
    f.feed_id,
    f.url
FROM ingest.feeds AS f
WHERE f.url = %(feed)s OR f.feed_id::text = %(feed)s
