-- Articles at some URLs or made by visits to them, with what their newest revision comes from and what they claim.
SELECT
    a.canonical_url,
    e.canonical_url AS entry_url,
    a.content_key,
    a.text,
    a.revision,
    c.claimed_url
FROM ingest.articles AS a
INNER JOIN ingest.entries AS e ON a.entry_id = e.entry_id
LEFT JOIN ingest.claims AS c ON a.article_id = c.article_id
WHERE
    a.article_id IN (
        SELECT o.article_id FROM ingest.articles AS o
        WHERE o.canonical_url = ANY(%(urls)s::text[])
        UNION
        SELECT v.article_id FROM ingest.entries AS v
        WHERE v.canonical_url = ANY(%(urls)s::text[]) AND v.outcome = 'loaded'
    )
