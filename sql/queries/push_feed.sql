-- A feed by its number.
SELECT
    f.feed_id,
    f.url
FROM ingest.feeds AS f
WHERE f.feed_id = %(feed_id)s
