-- Articles as they stand, with the entries that their newest revisions come from; one site's, or all if none is named.
SELECT
    a.article_id,
    a.canonical_url AS article_url,
    coalesce(a.read_url, a.canonical_url) AS read_url,
    a.title AS article_title,
    a.text AS article_text,
    a.blocks,
    e.entry_id,
    e.url,
    e.canonical_url,
    e.domain,
    e.source,
    e.feed_id,
    e.guid,
    e.title,
    e.authors,
    e.published_at,
    e.modified_at,
    e.summary,
    e.language,
    e.categories,
    e.content_html,
    e.attempts,
    e.first_seen_at
FROM ingest.articles AS a
INNER JOIN ingest.entries AS e ON a.entry_id = e.entry_id
WHERE a.article_id > %(after)s AND (%(site)s::text IS null OR a.domain = %(site)s)
ORDER BY a.article_id
LIMIT %(most)s
