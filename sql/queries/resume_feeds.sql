-- Asks feeds again now, by URL or number, that are paused or failed, as if they had not failed.
UPDATE ingest.feeds AS f SET
    paused = FALSE,
    pause_reason = NULL,
    failures = 0,
    trouble = NULL,
    next_poll_at = now()
WHERE f.url = any(%(names)s) OR f.feed_id::text = any(%(names)s)
RETURNING f.url, f.feed_id
