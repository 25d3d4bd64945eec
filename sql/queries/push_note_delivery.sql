-- A hub pushed: counted, with what is wrong with the content unless a renewal has trouble of its own, and without
-- content of use the feed is due for a poll at once.
WITH noted AS (
    UPDATE ingest.push_subscriptions AS s SET
        pushes = s.pushes + 1,
        last_push_at = %(now)s,
        detail = CASE WHEN s.failures = 0 THEN %(problem)s ELSE s.detail END
    WHERE s.subscription_id = %(subscription_id)s
    RETURNING s.feed_id
)

UPDATE ingest.feeds AS f SET next_poll_at = %(now)s
FROM noted AS n
WHERE f.feed_id = n.feed_id AND %(thin)s AND NOT f.paused AND f.next_poll_at > %(now)s
