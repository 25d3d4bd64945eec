-- Which of these URLs have a visit under way, which nobody ends before the push is taken or refused.
SELECT e.canonical_url FROM ingest.entries AS e
WHERE e.canonical_url = any(%(canonical_urls)s) AND e.stage <> 'done'
ORDER BY e.entry_id
FOR NO KEY UPDATE
