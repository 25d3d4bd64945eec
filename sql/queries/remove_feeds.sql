-- Removes feeds by URL or number; the entries that they listed stay.
DELETE FROM ingest.feeds AS f
WHERE f.url = any(%(names)s) OR f.feed_id::text = any(%(names)s)
RETURNING f.url, f.feed_id
