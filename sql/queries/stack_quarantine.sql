-- The paths of articles that failed the gate; run as copydesk_reader.
SELECT DISTINCT regexp_replace(q.url, '^https?://[^/]+', '') AS path
FROM news.quarantine AS q
