-- How the subscriptions of all feeds, or of one, are doing.
SELECT
    h.feed_url,
    h.state,
    h.hub_url,
    h.verified_at,
    h.expires_at,
    h.last_push_at,
    h.pushes,
    h.pushed_first,
    h.polled_first,
    h.detail
FROM news.push_health AS h
WHERE %(feed_id)s::bigint IS NULL OR h.feed_id = %(feed_id)s
ORDER BY h.feed_url
