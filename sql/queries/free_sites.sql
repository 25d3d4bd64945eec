-- Ends a batch's lease on its sites.
UPDATE ingest.sites SET
    lease_until = NULL,
    batch_id = NULL
WHERE batch_id = %(batch_id)s
