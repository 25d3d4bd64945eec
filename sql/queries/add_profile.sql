-- Adds the next version of a site's profile, not in use.
INSERT INTO ingest.profiles
(domain, version, profile, pages, learned_from, learned_through, state, reason, hit_rate, agreement, created_at)
SELECT
    %(domain)s,
    coalesce(max(p.version), 0) + 1,
    %(profile)s,
    %(pages)s,
    %(learned_from)s,
    %(learned_through)s,
    'shadow',
    %(reason)s,
    %(hit_rate)s,
    %(agreement)s,
    %(now)s
FROM ingest.profiles AS p
WHERE p.domain = %(domain)s
RETURNING version
