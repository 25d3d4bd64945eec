-- Until commit nobody else loads articles of these sites, new ones included; in order, so that no two can deadlock.
SELECT pg_advisory_xact_lock(hashtextextended(u.domain, 0))
FROM (
    SELECT w.domain FROM unnest(%(domains)s::text[]) AS w (domain)
    ORDER BY hashtextextended(w.domain, 0)
) AS u
