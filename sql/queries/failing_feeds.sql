-- Those of some feeds whose last poll failed.
SELECT
    f.url,
    f.last_error
FROM ingest.feeds AS f
WHERE f.url = any(%(urls)s::text[]) AND f.last_status = 'failed'
ORDER BY f.url
