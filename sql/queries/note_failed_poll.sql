-- Notes a poll that failed.
UPDATE ingest.feeds SET
    next_poll_at = %(next_poll_at)s,
    last_polled_at = %(now)s,
    last_status = 'failed',
    last_error = %(error)s,
    failures = failures + 1
WHERE feed_id = %(feed_id)s
