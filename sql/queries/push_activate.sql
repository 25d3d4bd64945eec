-- The hub verified a subscription: it counts from now on, and those of the feed before it are replaced.
WITH activated AS (
    UPDATE ingest.push_subscriptions AS s SET
        state = 'active',
        verified_at = coalesce(s.verified_at, %(now)s),
        lease_seconds = %(lease_seconds)s,
        expires_at = %(now)s + make_interval(secs => %(lease_seconds)s),
        renew_at = %(renew_at)s,
        failures = 0,
        detail = NULL
    WHERE s.subscription_id = %(subscription_id)s
    RETURNING s.feed_id
)

UPDATE ingest.push_subscriptions AS p SET
    state = CASE p.state WHEN 'active' THEN 'replaced' ELSE 'ended' END,
    renew_at = CASE p.state WHEN 'active' THEN %(now)s END
FROM activated AS a
WHERE
    p.feed_id = a.feed_id
    AND p.subscription_id < %(subscription_id)s
    AND p.state IN ('pending', 'active', 'failed', 'denied')
