-- A feed by URL or number, the URL that it is to have, and the other feed that is there already.
SELECT
    f.feed_id,
    f.url,
    coalesce(%(url)s, f.suggested_url) AS target,
    o.feed_id AS taken_by
FROM ingest.feeds AS f
LEFT JOIN ingest.feeds AS o ON o.url = coalesce(%(url)s, f.suggested_url) AND f.feed_id <> o.feed_id
WHERE f.url = %(name)s OR f.feed_id::text = %(name)s
FOR UPDATE OF f
