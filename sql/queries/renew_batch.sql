-- Puts off the end of a batch's leases, on entries and on sites.
WITH sites AS (
    UPDATE ingest.sites SET lease_until = %(lease_until)s
    WHERE batch_id = %(batch_id)s
)

UPDATE ingest.entries SET lease_until = %(lease_until)s
WHERE batch_id = %(batch_id)s AND stage <> 'done'
