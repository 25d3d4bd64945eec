-- How many visits to a site brought pages that say something of their use.
SELECT
    t.term,
    count(*) AS pages
FROM news.page_terms AS t
WHERE t.domain = %(domain)s
GROUP BY t.term
ORDER BY t.term
