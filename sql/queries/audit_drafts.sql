-- Drafts that were left behind, and entries between cleaning and loading that have none.
SELECT
    count(*) AS broken,
    min(format('entry %%s is at %%s', e.entry_id, e.stage)) AS example
FROM ingest.entries AS e
WHERE
    (e.stage IN ('cleaned', 'accepted'))
    <> EXISTS (SELECT FROM ingest.drafts AS d WHERE d.entry_id = e.entry_id)
