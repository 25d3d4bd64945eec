-- URLs that one article had before and another one has now.
SELECT
    count(*) AS broken,
    min(format('%%s of article %%s', f.url, f.article_id)) AS example
FROM ingest.former_urls AS f
INNER JOIN ingest.articles AS a ON f.url = a.canonical_url
