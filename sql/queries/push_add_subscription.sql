-- Takes note of a subscription before the hub is asked, since it may verify before it answers.
INSERT INTO ingest.push_subscriptions (
    feed_id, hub_url, topic_url, token, callback_url, secret, state, requested_at, renew_at, failures
)
VALUES (
    %(feed_id)s,
    %(hub_url)s,
    %(topic_url)s,
    %(token)s,
    %(callback_url)s,
    %(secret)s,
    'pending',
    %(now)s,
    %(renew_at)s,
    %(failures)s
)
RETURNING subscription_id
