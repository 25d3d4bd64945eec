-- The profiles in use of some sites.
SELECT
    p.domain,
    p.version,
    p.profile::text AS profile
FROM ingest.profiles AS p
WHERE p.domain = any(%(domains)s) AND p.state = 'active'
