-- Entries of a batch that are at one stage wait to be fetched again.
UPDATE ingest.entries AS e SET
    stage = 'waiting',
    batch_id = NULL,
    lease_until = NULL,
    not_before = r.not_before,
    attempts = e.attempts - r.uncounted,
    detail = coalesce(r.detail, e.detail)
FROM
    unnest(
        %(entry_ids)s::bigint[], %(not_before)s::timestamptz[], %(uncounted)s::integer[], %(details)s::text[]
    ) AS r (entry_id, not_before, uncounted, detail)
WHERE e.entry_id = r.entry_id AND e.batch_id = %(batch_id)s AND e.stage = %(stage)s
