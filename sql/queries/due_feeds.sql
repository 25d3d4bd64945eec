-- Feeds that are due, the longest due first; nobody else polls them for a while.
UPDATE ingest.feeds AS f SET next_poll_at = %(leased_until)s
FROM (
    SELECT d.feed_id FROM ingest.feeds AS d
    WHERE NOT d.paused AND d.next_poll_at <= %(now)s
    ORDER BY d.next_poll_at
    LIMIT %(limit)s
    FOR UPDATE SKIP LOCKED
) AS due
WHERE f.feed_id = due.feed_id
RETURNING
    f.feed_id,
    f.url,
    f.title,
    f.etag,
    f.last_modified,
    f.content_hash,
    f.poll_seconds,
    f.wanted_seconds,
    f.rhythm,
    f.hints,
    f.last_polled_at,
    f.last_read_at,
    f.failures,
    f.revisit_before,
    f.kind,
    f.sitemaps,
    f.newest_item_at,
    f.suggested_url
