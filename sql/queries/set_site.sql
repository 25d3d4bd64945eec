-- Sets what an operator wants of a site, all of it; a pause that has begun gets no longer than the new one.
INSERT INTO ingest.sites AS s (
    domain, pause_seconds, concurrency, robots_ignored_because, blocked_because, set_at, first_seen_at
)
VALUES (
    %(domain)s,
    %(pause_seconds)s,
    %(concurrency)s,
    %(robots_ignored_because)s,
    %(blocked_because)s,
    %(set_at)s,
    %(now)s
)
ON CONFLICT (domain) DO UPDATE
    SET
        pause_seconds = excluded.pause_seconds,
        concurrency = excluded.concurrency,
        robots_ignored_because = excluded.robots_ignored_because,
        blocked_because = excluded.blocked_because,
        set_at = excluded.set_at,
        next_turn_at = least(s.next_turn_at, %(now)s + excluded.pause_seconds * interval '1 second')
