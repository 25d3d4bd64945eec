-- All feeds with their health.
SELECT
    h.feed_id,
    h.url,
    h.title,
    h.state,
    f.declared,
    h.poll_seconds,
    h.next_poll_at,
    h.last_polled_at,
    h.last_changed_at,
    h.failures,
    h.last_error,
    h.poll_why,
    h.kind,
    h.pause_reason,
    h.former_urls,
    h.suggested_url,
    h.suggested_why,
    h.items,
    h.off_site_items,
    h.newest_item_at,
    h.last_new_at
FROM news.feed_health AS h
INNER JOIN ingest.feeds AS f ON h.feed_id = f.feed_id
ORDER BY h.url
