-- Entries that say they are loaded, unchanged or a duplicate, without the article or the revision to show for it.
SELECT
    count(*) AS broken,
    min(format('entry %%s is %%s', e.entry_id, e.outcome)) AS example
FROM ingest.entries AS e
WHERE
    (
        e.outcome IN ('loaded', 'duplicate', 'unchanged')
        AND e.reason <> 'still-quarantined'
        AND NOT EXISTS (SELECT FROM ingest.articles AS a WHERE a.article_id = e.article_id)
    )
    OR (
        e.outcome = 'loaded'
        AND NOT EXISTS (
            SELECT FROM ingest.revisions AS r WHERE r.article_id = e.article_id AND r.entry_id = e.entry_id
        )
    )
