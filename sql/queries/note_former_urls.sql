-- Which articles had URLs that are no article's now.
INSERT INTO ingest.former_urls (url, article_id, left_at)
SELECT
    u.former_url,
    a.article_id,
    %(now)s
FROM unnest(%(former_urls)s::text[], %(urls)s::text[]) AS u (former_url, url)
INNER JOIN ingest.articles AS a ON u.url = a.canonical_url
ON CONFLICT (url) DO UPDATE SET article_id = excluded.article_id, left_at = excluded.left_at
