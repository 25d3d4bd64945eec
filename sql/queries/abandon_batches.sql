-- Ends the leases of dead holders, on entries and on sites.
WITH abandoned AS (
    SELECT b.batch_id FROM ingest.batches AS b
    WHERE starts_with(b.holder, %(holders)s)
),

sites AS (
    UPDATE ingest.sites SET lease_until = NULL, batch_id = NULL
    WHERE batch_id IN (SELECT a.batch_id FROM abandoned AS a)
)

UPDATE ingest.entries SET lease_until = %(now)s
WHERE batch_id IN (SELECT a.batch_id FROM abandoned AS a) AND stage NOT IN ('waiting', 'done')
