-- Marks the feeds that feeds.toml no longer lists.
UPDATE ingest.feeds SET declared = false
WHERE declared AND NOT url = any(%(urls)s) AND NOT former_urls && %(urls)s::text[]
