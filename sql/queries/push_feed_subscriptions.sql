-- The subscriptions of a feed that are not over, the newest first.
SELECT
    s.subscription_id,
    s.feed_id,
    s.hub_url,
    s.topic_url,
    s.token,
    s.callback_url,
    s.secret,
    s.state,
    s.failures,
    s.expires_at
FROM ingest.push_subscriptions AS s
WHERE s.feed_id = %(feed_id)s AND s.state <> 'ended'
ORDER BY s.subscription_id DESC
