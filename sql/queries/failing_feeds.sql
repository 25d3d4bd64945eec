-- Those of some feeds whose last poll failed, or could not be made.
SELECT
    f.url,
    f.last_error
FROM ingest.feeds AS f
WHERE f.url = any(%(urls)s::text[]) AND f.last_status IN ('failed', 'held')
ORDER BY f.url
