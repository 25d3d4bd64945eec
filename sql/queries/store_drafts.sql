-- Stores cleaned articles until they are through the gate.
INSERT INTO ingest.drafts (entry_id, candidate, created_at)
SELECT
    d.entry_id,
    d.candidate::jsonb,
    %(now)s
FROM unnest(%(entry_ids)s::bigint[], %(candidates)s::text[]) AS d (entry_id, candidate)
ON CONFLICT (entry_id) DO UPDATE SET
    candidate = excluded.candidate,
    created_at = excluded.created_at
