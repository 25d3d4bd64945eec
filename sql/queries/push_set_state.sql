-- A subscription's new state, when to look at it again, and why.
UPDATE ingest.push_subscriptions AS s SET
    state = %(state)s,
    renew_at = %(renew_at)s,
    failures = s.failures + %(failed)s,
    hub_url = coalesce(%(hub_url)s, s.hub_url),
    detail = %(detail)s
WHERE s.subscription_id = %(subscription_id)s
