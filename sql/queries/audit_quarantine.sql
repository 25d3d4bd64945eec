-- Entries in quarantine that do not say why, and rejections of entries that are not there.
SELECT
    count(*) AS broken,
    min(format('entry %%s is %%s', e.entry_id, coalesce(e.outcome, e.stage))) AS example
FROM ingest.entries AS e
WHERE
    (
        e.reason = 'still-quarantined'
        AND NOT EXISTS (
            SELECT FROM ingest.entries AS o
            WHERE o.canonical_url = e.canonical_url AND o.entry_id < e.entry_id AND o.outcome = 'quarantined'
        )
    )
    OR (e.outcome IS NOT DISTINCT FROM 'quarantined')
    <> EXISTS (SELECT FROM ingest.rejections AS r WHERE r.entry_id = e.entry_id)
