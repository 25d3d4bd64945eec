-- Subscriptions that somebody has to look at: to renew, to ask again, to give up, to unsubscribe.
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
WHERE s.renew_at <= %(now)s
ORDER BY s.renew_at
LIMIT %(limit)s
