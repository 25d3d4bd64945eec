-- Pages that entries or revisions name and that are not stored.
WITH named AS (
    SELECT
        e.page_hash,
        format('entry %%s', e.entry_id) AS who
    FROM ingest.entries AS e
    WHERE e.page_hash IS NOT NULL
    UNION ALL
    SELECT
        r.page_hash,
        format('article %%s, revision %%s', r.article_id, r.revision) AS who
    FROM ingest.revisions AS r
    WHERE r.page_hash IS NOT NULL
)

SELECT
    count(*) AS broken,
    min(n.who) AS example
FROM named AS n
WHERE NOT EXISTS (SELECT FROM ingest.pages AS p WHERE p.content_hash = n.page_hash)
