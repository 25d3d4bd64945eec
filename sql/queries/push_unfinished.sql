-- Which of these URLs have a visit under way.
SELECT e.canonical_url FROM ingest.entries AS e
WHERE e.canonical_url = any(%(canonical_urls)s) AND e.stage <> 'done'
