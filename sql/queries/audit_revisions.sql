-- Articles whose revisions have gaps, or whose newest revision is not what the article says, or that nobody attributed.
WITH revisions AS (
    SELECT
        r.article_id,
        count(*) AS revisions,
        max(r.revision) AS newest
    FROM ingest.revisions AS r
    GROUP BY r.article_id
)

SELECT
    count(*) AS broken,
    min(format('article %%s', a.article_id)) AS example
FROM ingest.articles AS a
LEFT JOIN revisions AS n ON a.article_id = n.article_id
LEFT JOIN ingest.revisions AS r ON a.article_id = r.article_id AND a.revision = r.revision
LEFT JOIN ingest.attributions AS t ON a.article_id = t.article_id
WHERE
    n.revisions IS DISTINCT FROM a.revision
    OR n.newest IS DISTINCT FROM a.revision
    OR r.content_key IS DISTINCT FROM a.content_key
    OR t.article_id IS NULL
