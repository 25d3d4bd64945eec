-- All versions of a site's profile, the newest first.
SELECT
    p.domain,
    p.version,
    p.profile::text AS profile,
    p.pages,
    p.state,
    p.reason,
    p.hit_rate,
    p.agreement,
    p.held,
    p.created_at,
    p.activated_at
FROM ingest.profiles AS p
WHERE p.domain = %(domain)s
ORDER BY p.version DESC
