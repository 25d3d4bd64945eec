-- Notes what pages say of their use, each thing once a visit.
INSERT INTO ingest.page_terms (entry_id, term, evidence)
SELECT
    t.entry_id,
    t.term,
    t.evidence
FROM unnest(%(entry_ids)s::bigint[], %(terms)s::text[], %(evidence)s::text[]) AS t (entry_id, term, evidence)
ON CONFLICT (entry_id, term) DO UPDATE SET evidence = excluded.evidence
