-- The subscription that a callback URL belongs to.
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
WHERE s.token = %(token)s
