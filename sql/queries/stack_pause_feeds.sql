-- Pauses the demo's feeds while nobody serves them.
UPDATE ingest.feeds SET paused = true
WHERE url = any(%(urls)s::text[])
