-- Articles whose pages were visited and had not changed.
UPDATE ingest.articles SET last_seen_at = %(now)s
WHERE article_id = ANY(%(article_ids)s::bigint[])
