-- What the last visits to the same URLs said that ended in quarantine, as title and text.
SELECT
    e.entry_id,
    q.entry_id AS quarantined_id,
    r.candidate #>> '{article,metadata,title}' AS title,
    coalesce(b.text, '') AS text
FROM unnest(%(entry_ids)s::bigint[]) AS w (entry_id)
INNER JOIN ingest.entries AS e ON w.entry_id = e.entry_id
CROSS JOIN
    LATERAL (
        SELECT o.entry_id FROM ingest.entries AS o
        WHERE o.canonical_url = e.canonical_url AND o.entry_id < e.entry_id AND o.outcome = 'quarantined'
        ORDER BY o.entry_id DESC
        LIMIT 1
    ) AS q
CROSS JOIN
    LATERAL (
        SELECT j.candidate FROM ingest.rejections AS j
        WHERE j.entry_id = q.entry_id
        ORDER BY j.expectation
        LIMIT 1
    ) AS r
CROSS JOIN LATERAL (
    SELECT string_agg(k.block ->> 'text', E'\n\n' ORDER BY k.place) AS text
    FROM jsonb_array_elements(r.candidate #> '{article,blocks}') WITH ORDINALITY AS k (block, place)
) AS b
