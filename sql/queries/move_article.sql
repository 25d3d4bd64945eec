-- Keeps an article under another URL; what it claimed is settled.
WITH moved AS (
    UPDATE ingest.articles SET canonical_url = %(new_url)s
    WHERE canonical_url = %(url)s
    RETURNING article_id
)

DELETE FROM ingest.claims AS c
USING moved AS m
WHERE c.article_id = m.article_id
