-- Until commit nobody else loads articles of these URLs, new ones included; in order, so that no two can deadlock.
SELECT pg_advisory_xact_lock(hashtextextended(u.url, 0))
FROM (
    SELECT w.url FROM unnest(%(urls)s::text[]) AS w (url)
    ORDER BY hashtextextended(w.url, 0)
) AS u
