-- Ended entries that hold a lease, and entries under way that no batch has (a pushed page waits without one).
SELECT
    count(*) AS broken,
    min(format('entry %%s is at %%s', e.entry_id, e.stage)) AS example
FROM ingest.entries AS e
WHERE
    (e.stage IN ('done', 'waiting') AND e.lease_until IS NOT NULL)
    OR (e.stage IN ('claimed', 'cleaned', 'accepted') AND e.batch_id IS NULL)
