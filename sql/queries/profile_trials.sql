-- How the profiles in use of some sites did, the newest first.
SELECT
    t.domain,
    t.version,
    t.template,
    t.hits,
    t.misses,
    t.judged,
    t.agreed
FROM ingest.profile_trials AS t
INNER JOIN ingest.profiles AS p ON t.domain = p.domain AND t.version = p.version AND p.state = 'active'
WHERE t.domain = any(%(domains)s)
ORDER BY t.domain, t.version, t.template, t.batch_id DESC
