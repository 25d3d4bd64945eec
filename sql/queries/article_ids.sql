-- The identities of articles.
SELECT
    a.canonical_url,
    a.article_id
FROM ingest.articles AS a
WHERE a.canonical_url = ANY(%(urls)s::text[])
