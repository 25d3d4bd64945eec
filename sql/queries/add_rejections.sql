-- Files what failed the gate and why, with the whole article as it stood there.
INSERT INTO ingest.rejections (entry_id, expectation, column_name, observed, candidate, rejected_at)
SELECT
    r.entry_id,
    r.expectation,
    r.column_name,
    r.observed,
    r.candidate::jsonb,
    %(now)s
FROM
    unnest(
        %(entry_ids)s::bigint[],
        %(expectations)s::text[],
        %(columns)s::text[],
        %(observed)s::text[],
        %(candidates)s::text[]
    ) AS r (entry_id, expectation, column_name, observed, candidate)
ON CONFLICT (entry_id, expectation, column_name) DO NOTHING
