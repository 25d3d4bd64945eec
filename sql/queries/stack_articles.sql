-- Every article with its path, for comparison with what the demo serves; run as copydesk_reader.
SELECT
    regexp_replace(a.url, '^https?://[^/]+', '') AS path,
    a.title,
    a.text,
    a.language,
    a.agency,
    a.authors
FROM news.articles AS a
