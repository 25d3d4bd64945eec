-- Notes a poll that failed; a feed that is gone is paused, and a person may resume it.
UPDATE ingest.feeds AS f SET
    next_poll_at = %(next_poll_at)s,
    last_polled_at = %(now)s,
    last_status = 'failed',
    last_error = %(error)s,
    trouble = %(trouble)s,
    failures = f.failures + 1,
    paused = f.paused OR %(trouble)s = 'gone',
    pause_reason = CASE WHEN %(trouble)s = 'gone' THEN 'gone: ' || %(error)s ELSE f.pause_reason END,
    suggested_url = coalesce(%(suggested_url)s, f.suggested_url),
    suggested_why = coalesce(%(suggested_why)s, f.suggested_why)
WHERE f.feed_id = %(feed_id)s
