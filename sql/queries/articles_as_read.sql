-- Of articles those whose newest revision still comes from the visit that was read.
SELECT a.article_id
FROM unnest(%(article_ids)s::bigint[], %(entry_ids)s::bigint[]) AS u (article_id, entry_id)
INNER JOIN ingest.articles AS a ON u.article_id = a.article_id AND u.entry_id = a.entry_id
