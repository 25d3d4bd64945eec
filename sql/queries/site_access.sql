-- What visits to a site found, the newest day first.
SELECT
    a.day,
    a.access,
    a.entries,
    a.last_seen
FROM news.access AS a
WHERE a.domain = %(domain)s
ORDER BY a.day DESC, a.entries DESC, a.access
