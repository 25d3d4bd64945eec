-- A subscription's new state, when to look at it again, and why; unless it is no longer in the state that was known.
UPDATE ingest.push_subscriptions AS s SET
    state = %(state)s,
    renew_at = %(renew_at)s,
    failures = s.failures + %(failed)s,
    detail = %(detail)s
WHERE s.subscription_id = %(subscription_id)s AND s.state = %(known_state)s
