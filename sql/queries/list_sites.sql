-- Sites for which an operator set something, or one site, or all of them.
SELECT
    s.domain,
    s.pause_seconds,
    s.concurrency,
    s.robots_ignored_because,
    s.blocked_because,
    s.set_at,
    s.first_seen_at,
    s.left_alone_until
FROM news.sites AS s
WHERE
    CASE
        WHEN %(domain)s::text IS NOT NULL THEN s.domain = %(domain)s
        ELSE %(all_sites)s OR s.set_at IS NOT NULL
    END
ORDER BY s.domain
