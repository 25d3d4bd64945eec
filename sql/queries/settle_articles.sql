-- Where articles that were decided on were last read, and where their URLs lead if that is not the article.
UPDATE ingest.articles AS a SET
    read_url = u.read_url,
    redirects_to = u.redirects_to
FROM unnest(%(urls)s::text[], %(read_urls)s::text[], %(redirects_to)s::text[]) AS u (url, read_url, redirects_to)
WHERE
    a.canonical_url = u.url
    AND (a.read_url IS DISTINCT FROM u.read_url OR a.redirects_to IS DISTINCT FROM u.redirects_to)
