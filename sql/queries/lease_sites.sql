-- Gives sites to a batch alone.
UPDATE ingest.sites SET
    lease_until = %(lease_until)s,
    batch_id = %(batch_id)s,
    claimed_at = %(now)s
WHERE domain = ANY(%(domains)s::text[])
