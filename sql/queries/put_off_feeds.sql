-- Feeds that were due and not asked: because their site is to be left alone (why, for people), or for want of time.
UPDATE ingest.feeds SET
    next_poll_at = %(next_poll_at)s,
    last_status = CASE WHEN %(why)s IS NULL THEN last_status ELSE 'held' END,
    last_error = coalesce(%(why)s, last_error)
WHERE feed_id = any(%(feed_ids)s::bigint[])
