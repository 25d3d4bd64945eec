-- Has every feed asked at the next poll, and its items visited again even if they were visited before.
UPDATE ingest.feeds SET revisit_before = %(now)s, next_poll_at = %(now)s
WHERE NOT paused
